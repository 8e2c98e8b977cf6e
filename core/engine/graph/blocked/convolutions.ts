// ONNX Runtime's convolutions over channels in blocks. They take filters that are computed, not only constants, so that
// training has what the runtime gives to finished models: no unfolding into columns, no product with a narrow matrix.
import { pad, reshape } from '../operators.ts';
import { type Node, record, type Value } from '../value.ts';
import { blockedDomain } from './block-size.ts';
import { fillsBlocks, fromBlocks, toForm } from './forms.ts';

export const blockedConvolution = `${blockedDomain}::Conv`;

type Shape = readonly number[];
type Attributes = Node['attributes'];

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

/** A convolution over two spatial axes, not grouped, with what ONNX leaves out filled in. */
export interface Geometry {
  readonly kernel: Shape;
  readonly strides: Shape;
  readonly dilations: Shape;
  /** Before each axis, then after each. */
  readonly pads: Shape;
}

export function geometryOf({ attributes, inputs }: Node): Geometry {
  const { kernel_shape, strides = ones(2), dilations = ones(2), pads = [0, 0, 0, 0] } = attributes;
  const kernel = (kernel_shape as Shape | undefined) ?? inputs[1]!.shape.slice(2);
  return { kernel, strides: strides as Shape, dilations: dilations as Shape, pads: pads as Shape };
}

/** True for nodes that {@link convolve} and {@link convolveBack} can do. */
export function isConvolution({ op, inputs, attributes }: Node, block: number): boolean {
  if (op !== 'Conv' && op !== 'ConvTranspose') return false;
  const [x, filter] = inputs as [Value, Value];
  if (x.shape.length !== 4 || (attributes.group ?? 1) !== 1 || x.shape[0] === 0) return false;
  // A transposed one with gaps in its window has no single ordinary one that is the same.
  const dilations = (attributes.dilations ?? ones(2)) as Shape;
  if (op === 'ConvTranspose' && dilations.some((d) => d > 1)) return false;
  return fillsBlocks(x.shape[1], block) && filter.shape.every((n) => n > 0);
}

/** Fills axis 0 up to whole blocks with zeros. */
export function filled(x: Value, block: number): Value {
  const missing = (block - (x.shape[0] % block)) % block;
  const zeros = x.shape.map(() => 0);
  return pad(x, zeros, [missing, ...zeros.slice(1)], 0);
}

export interface Operands {
  /** In blocks, or plain where its channels do not fill one. */
  readonly image: Value;
  /** Outputs, inputs and sides of the filter. */
  readonly filterShape: Shape;
  /** In the form of a filter, its outputs filled up to whole blocks. */
  readonly filter: Value;
  readonly bias?: Value | undefined;
}

/** @returns [N, O/b, h, w, b] */
export function blocked(
  { image, filterShape, filter, bias }: Operands,
  attributes: Attributes,
  output: Shape,
  block: number,
): Value {
  const [rows, , height, width] = output;
  const outputs = Math.ceil(filterShape[0] / block) * block;
  const [, inputs, ...kernel] = filterShape;
  const spatial = image.shape.slice(2, 4);
  const made = record(
    blockedConvolution,
    [
      reshape(image, [rows, inputs, ...spatial]),
      reshape(filter, [outputs, inputs, ...kernel]),
      ...(bias ? [filled(bias, block)] : []),
    ],
    { kernel_shape: kernel, ...attributes },
    [rows, outputs, height, width],
  );
  return reshape(made, [rows, outputs / block, height, width, block]);
}

/** What a convolution answers: in blocks where its channels fill them. */
export const answer = (made: Value, shape: Shape, block: number): Value =>
  shape[1] % block === 0 ? made : fromBlocks(made, shape);

/**
 * An ordinary convolution.
 *
 * @param filterIn its filter as a filter in blocks where its outputs fill them, else plain
 */
export function convolve(node: Node, operands: Omit<Operands, 'filterShape'>, block: number): Value {
  const { strides, dilations, pads, kernel } = geometryOf(node);
  const [{ shape }] = node.outputs;
  const filterShape = node.inputs[1]!.shape;
  const whole = filterShape[0] % block === 0;
  const filter = whole ? operands.filter : toForm(filled(operands.filter, block), 'filter', block);
  const attributes: Record<string, Attributes[string]> = { strides, dilations, pads };
  let { image } = operands;
  if (kernel.some((side, i) => side > shape[i + 2]) && image.shape.length === 4) {
    // The gradient of a filter: a large window with few places. The runtime is slow at places that hang over the edge.
    image = pad(image, [0, 0, ...pads.slice(0, 2)], [0, 0, ...pads.slice(2)], 0);
    attributes.pads = [0, 0, 0, 0];
  }
  return answer(blocked({ ...operands, image, filter, filterShape }, attributes, shape, block), shape, block);
}
