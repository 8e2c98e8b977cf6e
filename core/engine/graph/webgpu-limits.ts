// What ONNX Runtime's WebGPU provider takes and then fails to run, or runs wrongly, written in operators that it does run.
// Other providers do not need it, and the processor would be slower with it.
import { maxPoolGradient } from './max-pool-windows.ts';
import { concat, pad, reshape, slice } from './operators.ts';
import { type Rule, rewrite } from './rewrite.ts';
import { EngineError } from './session.ts';
import { int64, type Node, record, type Value } from './value.ts';

/** A shader of WebGPU has at least eight storage buffers; one is taken by the other side of a Split or Concat. */
const PARTS = 7;

const splitIntoSlices: Rule = ({ op, inputs, attributes, outputs }) => {
  if (op !== 'Split' || outputs.length <= PARTS) return undefined;
  const x = inputs[0]!;
  const axis = attributes.axis as number;
  let from = 0;
  return outputs.map(({ shape }) => {
    const along = (at: number): number[] => shape.map((_, i) => (i === axis ? at : 0));
    const end = x.shape.map((n, i) => (i === axis ? from + shape[axis] : n));
    const part = slice(x, along(from), end);
    from += shape[axis];
    return part;
  });
};

/** Steps below -1 begin at the wrong element: the axis is stepped over forwards, then turned round. */
const turnAfterStepping: Rule = ({ op, inputs: [x, ...bounds], outputs: [{ shape }] }) => {
  if (op !== 'Slice' || bounds.length < 4 || shape.includes(0)) return undefined;
  const [begin, end, axes, steps] = bounds.map((value) =>
    Array.from(value!.constant as BigInt64Array, Number),
  );
  const turned = axes.filter((_, i) => steps[i] < -1);
  if (turned.length === 0) return undefined;
  axes.forEach((axis, i) => {
    if (steps[i] >= -1) return;
    const size = x!.shape[axis];
    const last = begin[i] < 0 ? begin[i] + size : Math.min(begin[i], size - 1);
    begin[i] = last + (shape[axis] - 1) * steps[i];
    end[i] = last + 1;
    steps[i] = -steps[i];
  });
  const stepped = record('Slice', [x, int64(begin), int64(end), int64(axes), int64(steps)], {}, shape);
  const backwards = int64(turned.map(() => -1));
  const before = int64(turned.map((axis) => -shape[axis] - 1));
  return [record('Slice', [stepped, backwards, before, int64(turned), backwards], {}, shape)];
};

const concatAsTree: Rule = ({ op, inputs, attributes }) => {
  if (op !== 'Concat' || inputs.length <= PARTS) return undefined;
  let parts = inputs as readonly Value[];
  while (parts.length > 1) {
    const level = parts;
    parts = Array.from({ length: Math.ceil(level.length / PARTS) }, (_, i) =>
      concat(level.slice(i * PARTS, (i + 1) * PARTS), attributes.axis as number),
    );
  }
  return parts;
};

/** The MaxPool whose positions a value is, in whatever shape. */
function pooledBy(positions: Value | undefined): Node | undefined {
  const node = positions?.node?.op === 'Reshape' ? positions.node.inputs[0]?.node : positions?.node;
  return node?.op === 'MaxPool' && node.outputs.length === 2 ? node : undefined;
}

const maxPoolGradientByWindows: Rule = ({ op, inputs, outputs }) => {
  const pool = op === 'ScatterElements' ? pooledBy(inputs[1]) : undefined;
  if (!pool) return undefined;
  const dy = reshape(inputs[2]!, pool.outputs[0].shape);
  return [reshape(maxPoolGradient(pool, dy), outputs[0].shape)];
};

/**
 * ONNX Runtime 1.30 adds up the wrong channels of an image when there are 6, 9, 15, ... of them and the filters are a
 * multiple of 4 (its issue 29651): it reads three at a time there. With channels of zeros up to a multiple of 4 it does not.
 */
const padChannels: Rule = ({ op, inputs, attributes, outputs }) => {
  const [x, filter, bias] = inputs;
  if (op !== 'Conv' || attributes.group !== 1 || x!.shape.length !== 4) return undefined;
  const channels = x!.shape[1];
  const wrong = channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && outputs[0].shape[1] % 4 === 0;
  if (!wrong) return undefined;
  const more = [0, 4 - (channels % 4), 0, 0];
  const [wider, filters] = [x!, filter!].map((value) => pad(value, [0, 0, 0, 0], more, 0));
  return [record(op, [wider, filters, bias], attributes, outputs[0].shape)];
};

const noVolumes: Rule = ({ op, outputs, origin }) => {
  if (op !== 'ConvTranspose' || outputs[0].shape.length < 5) return undefined;
  throw new EngineError(
    `${origin}: ONNX Runtime's WebGPU provider has no transposed convolution over volumes, which gradients of 3D convolutions and average pools need; use --device cpu`,
  );
};

/** The same graph within the limits of the WebGPU provider. @throws EngineError naming the layer that it cannot run */
export const withinWebGpuLimits = (outputs: Readonly<Record<string, Value>>): Record<string, Value> =>
  rewrite(outputs, [
    splitIntoSlices,
    turnAfterStepping,
    concatAsTree,
    maxPoolGradientByWindows,
    padChannels,
    noVolumes,
  ]);
