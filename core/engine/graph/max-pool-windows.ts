// The gradient of maximum pooling without the positions of the maxima, which ONNX Runtime's WebGPU provider cannot report.
// For each place in the window the input is cut into what stands there in every window; where that is the maximum, and
// no place before it was, the error goes there. The errors of all places are then laid back on the input.
import { add, binary, concat, fill, pad, reshape, slice, transpose, where } from './operators.ts';
import { type Node, recordNode, scalar, type Value } from './value.ts';

/** What nothing finite is below; a shader has no infinity. */
const LOWEST = -3.4028234663852886e38;

/** Every place of a window in row-major order. */
const places = (kernel: readonly number[]): number[][] =>
  kernel.reduce<number[][]>(
    (before, size) => before.flatMap((place) => Array.from({ length: size }, (_, i) => [...place, i])),
    [[]],
  );

/** The window of a MaxPool node over the spatial axes of [N, C, ...]. */
interface PoolWindow {
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly before: readonly number[];
  readonly output: readonly number[];
  readonly input: readonly number[];
}

function windowOf({ inputs, attributes, outputs }: Node): PoolWindow {
  const kernel = attributes.kernel_shape as readonly number[];
  return {
    kernel,
    strides: attributes.strides as readonly number[],
    before: (attributes.pads as readonly number[]).slice(0, kernel.length),
    input: inputs[0]!.shape.slice(2),
    output: outputs[0].shape.slice(2),
  };
}

/** What of dy belongs to each place of the window: dy where the first maximum is there, else 0. */
function shares(x: Value, largest: Value, dy: Value, window: PoolWindow): Value[] {
  const { kernel, strides, before, output, input } = window;
  const reach = output.map((n, i) => (n - 1) * strides[i] + kernel[i]);
  const after = reach.map((n, i) => Math.max(0, n - input[i] - before[i]));
  const padded = pad(x, [0, 0, ...before], [0, 0, ...after], LOWEST);
  const zero = scalar(0);
  let left = dy;
  return places(kernel).map((place) => {
    const end = place.map((from, i) => from + (output[i] - 1) * strides[i] + 1);
    const there = slice(padded, [0, 0, ...place], [...x.shape.slice(0, 2), ...end], [1, 1, ...strides]);
    const isLargest = binary('Equal', there, largest, 'bool');
    const share = where(isLargest, left, zero);
    left = where(isLargest, zero, left);
    return share;
  });
}

/**
 * Lays the shares back: input pixel `stride * (i + turn) + rest` gets that of window i at place `stride * turn + rest`. For
 * each rest the turns overlap and are added; the rests interleave.
 */
function layBack(parts: readonly Value[], { kernel, strides, before, output, input }: PoolWindow): Value {
  const turns = kernel.map((k, i) => Math.ceil(k / strides[i]));
  const cells = output.map((n, i) => n + turns[i] - 1);
  const lead = parts[0].shape.slice(0, 2);
  const sums = new Map<string, Value>();
  // Backwards, since the windows that meet in a pixel were then met in their own order, as a scatter adds them.
  places(kernel)
    .map((place, p) => ({ place, part: parts[p] }))
    .reverse()
    .forEach(({ place, part }) => {
      const turn = place.map((n, i) => Math.floor(n / strides[i]));
      const rest = String(place.map((n, i) => n % strides[i]));
      const room = turn.map((n, i) => turns[i] - 1 - n);
      const moved = pad(part, [0, 0, ...turn], [0, 0, ...room], 0);
      const sum = sums.get(rest);
      sums.set(rest, sum ? add(sum, moved) : moved);
    });
  const nothing = (): Value => fill([...lead, ...cells], 0, 'float32');
  const ordered = places(strides).map((rest) =>
    reshape(sums.get(String(rest)) ?? nothing(), [1, ...lead, ...cells]),
  );
  const whole = interleave(concat(ordered, 0), lead, cells, strides);
  return crop(whole, before, input);
}

/** [rests, N, C, ...cells] -> [N, C, ...cells * strides]. */
function interleave(
  stacked: Value,
  lead: readonly number[],
  cells: readonly number[],
  strides: readonly number[],
): Value {
  const axes = strides.length;
  const apart = reshape(stacked, [...strides, ...lead, ...cells]);
  const order = strides.flatMap((_, i) => [axes + 2 + i, i]);
  const together = transpose(apart, [axes, axes + 1, ...order]);
  return reshape(together, [...lead, ...cells.map((n, i) => n * strides[i])]);
}

/** The input's own pixels out of a grid that begins with the padding; zeros where no window reached. */
function crop(grid: Value, before: readonly number[], input: readonly number[]): Value {
  const short = input.map((n, i) => Math.max(0, n + before[i] - grid.shape[i + 2]));
  const full = pad(grid, [0, 0, ...short.map(() => 0)], [0, 0, ...short], 0);
  return slice(full, [0, 0, ...before], [...full.shape.slice(0, 2), ...input.map((n, i) => n + before[i])]);
}

/**
 * Gradient of maximum pooling, by what was pooled. Ties go to the first maximum of a window in row-major order, and errors
 * that meet in a pixel are added in the order of their windows, both as a scatter to ONNX's positions does.
 *
 * @param node MaxPool of x [N, C, ...]
 * @param dy error of its output, of the output's shape
 * @returns error of x
 */
export function maxPoolGradient(node: Node, dy: Value): Value {
  const x = node.inputs[0]!;
  const window = windowOf(node);
  const [largest] = recordNode(node.op, [x], node.attributes, [node.outputs[0]]);
  return layBack(shares(x, largest, dy, window), window);
}
