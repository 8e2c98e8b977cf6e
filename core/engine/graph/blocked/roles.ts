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
  /** `gradient`: of a filter, made from images whose channels come first. */
  | { readonly kind: 'unfolded' | 'unfolded gradient'; readonly joined: Joined };

const isFew = ({ small: [rows, outputs, height, width] }: Joined): boolean =>
  isUnfolded(rows * height * width, outputs);

/** The role of a convolution. What was recorded for a filter's gradient is one over x by channels, its window dy. */
export function roleOf(node: Node): Role {
  const gradient = node.op === 'Conv' && node.origin.endsWith('Conv2DBackpropFilter');
  const joined = gradient ? joinedByGradient(node) : joinedBy(node);
  if (!isFew(joined)) return { kind: 'blocked' };
  return { kind: gradient ? 'unfolded gradient' : 'unfolded', joined };
}
