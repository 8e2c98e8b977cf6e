// What a convolution of the recorded graph is: one that is done over channels in blocks, or one that is done as a product of
// matrices, be it the gradient of a filter or not.
import type { Node, Value } from '../value.ts';
import { isUnfolded, type Joined, joinedBy, joinedByGradient } from './unfolded-convolution.ts';

/** The array whose first two axes change places in `value`. */
export function swappedFrom({ node, shape }: Value): Value | undefined {
  const from = node?.inputs[0];
  if (node === undefined || from?.shape.length !== 4 || shape.length !== 4) return undefined;
  if (node.op === 'Transpose') return String(node.attributes.perm) === '1,0,2,3' ? from : undefined;
  const [a, b, height, width] = from.shape;
  const moves = String([b, a, height, width]) === String(shape) && Math.min(a, b) === 1;
  return node.op === 'Reshape' && moves ? from : undefined;
}

export type Role =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'unfolded'; readonly joined: Joined }
  | {
      readonly kind: 'unfolded gradient';
      readonly joined: Joined;
      readonly large: Value;
      readonly small: Value;
    };

const isFew = ([rows, outputs, height, width]: readonly number[]): boolean =>
  isUnfolded(rows * height * width, outputs);

/** The role of a convolution. */
export function roleOf(node: Node): Role {
  const [x, filter] = node.inputs as [Value, Value];
  const [large, small] = [swappedFrom(x), swappedFrom(filter)];
  if (node.op === 'Conv' && large && small) {
    if (!isFew(small.shape)) return { kind: 'blocked' };
    return {
      kind: 'unfolded gradient',
      joined: joinedByGradient(node, large.shape, small.shape),
      large,
      small,
    };
  }
  const joined = joinedBy(node);
  return isFew(joined.small) ? { kind: 'unfolded', joined } : { kind: 'blocked' };
}
