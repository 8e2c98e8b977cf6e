// Random graphs over tensors [2, 3, 4, 5] and the means to run them: for the tests of the passes over graphs.
import fc from 'fast-check';
import { encodeModel } from '../../../../core/engine/graph/model.ts';
import {
  binary,
  concat,
  pad,
  reduce,
  reshape,
  slice,
  transpose,
  where,
} from '../../../../core/engine/graph/operators.ts';
import type { Order } from '../../../../core/engine/graph/optimise/permutation.ts';
import { openSession, runSession, runtimeTensor } from '../../../../core/engine/graph/session.ts';
import { constant, int64, record, type Value } from '../../../../core/engine/graph/value.ts';
import { sizeOf } from '../../../../core/engine/tensor-data.ts';
import { RandomStream } from '../../../../core/random.ts';

export const normal = (shape: readonly number[], label: string): Float32Array => {
  const random = new RandomStream(3, label);
  return Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
};

/** Runs a graph on inputs of the given numbers. */
export async function run(
  outputs: Record<string, Value>,
  fed: Readonly<Record<string, readonly [Value, Float32Array]>>,
) {
  const { bytes, inputs } = encodeModel(outputs, { name: 'test' });
  const session = await openSession(bytes, 'test', { threads: 1 });
  const feeds = Object.fromEntries(
    Object.entries(fed)
      .filter(([key]) => inputs.has(key))
      .map(([key, [{ shape }, data]]) => [key, runtimeTensor(data, shape, 'float32')]),
  );
  const results = await runSession(
    session,
    'test',
    feeds,
    Object.fromEntries(Object.keys(outputs).map((k) => [k, null])),
  );
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([key, { data }]) => [key, data as Float32Array]));
}

/** What one step of a random graph does to the values so far. */
type Move = (values: Value[], pick: (from: Value[]) => Value, order: Order) => Value;

const zeros = (x: Value): number[] => x.shape.map(() => 0);

const moves: Readonly<Record<string, Move>> = {
  transpose: (values, pick, order) => transpose(pick(values), order),
  // Another order of axes that nothing but a Transpose explains: a convolution by the unit filter would do as well.
  pinned: (values, pick) => record('CumSum', [pick(values), constant(Int32Array.of(1), [], 'int32')]),
  negate: (values, pick) => record('Neg', [pick(values)]),
  add: (values, pick) => {
    const a = pick(values);
    return binary('Add', a, pick(values.filter((b) => String(b.shape) === String(a.shape))));
  },
  addVector: (values, pick) => {
    const a = pick(values);
    const n = a.shape[3];
    return binary('Mul', a, constant(normal([n], 'vector'), [n], 'float32'));
  },
  addPlane: (values, pick) => {
    const a = pick(values);
    const shape = a.shape.slice(2);
    return binary('Add', a, constant(normal(shape, 'plane'), shape, 'float32'));
  },
  scale: (values, pick) => binary('Mul', pick(values), constant(Float32Array.of(1.5), [], 'float32')),
  choose: (values, pick) => {
    const a = pick(values);
    const zero = constant(Float32Array.of(0), [], 'float32');
    return where(binary('Greater', a, zero, 'bool'), a, zero);
  },
  centre: (values, pick) => {
    const a = pick(values);
    return binary('Sub', a, reduce('ReduceMean', a, [1, 2], true));
  },
  centreByChannel: (values, pick) => {
    const a = pick(values);
    return binary('Sub', a, reduce('ReduceMean', a, [0, 1, 2], false));
  },
  centreByPlane: (values, pick) => {
    const a = pick(values);
    return binary(
      'Sub',
      a,
      reduce('ReduceMean', a, [1], false).shape.length === 3
        ? reshape(reduce('ReduceMean', a, [1], false), [a.shape[0], 1, a.shape[2], a.shape[3]])
        : a,
    );
  },
  shift: (values, pick) => {
    const a = pick(values);
    const padded = pad(a, [0, 1, 2, 0], [1, 0, 0, 3], 0.5);
    return slice(
      padded,
      [1, 0, 1, 2],
      [1, 0, 1, 2].map((b, i) => b + a.shape[i]),
    );
  },
  join: (values, pick) => {
    const a = pick(values);
    const both = concat([a, a], 2);
    return slice(both, zeros(a), [...a.shape]);
  },
  softmax: (values, pick) => record('Softmax', [pick(values)], { axis: 3 }),
  tile: (values, pick) => {
    const a = pick(values);
    const [n, h, w, c] = a.shape;
    const mean = reduce('ReduceMean', a, [0, 1, 2], true);
    const tiled = record('Tile', [mean, int64([n, h, w, 1])], {}, [n, h, w, c]);
    return binary('Mul', tiled, a);
  },
  ones: (values, pick) => {
    const a = pick(values);
    const ones = constant(new Float32Array(sizeOf(a.shape)).fill(2), a.shape, 'float32');
    return binary('Sub', a, binary('Mul', ones, constant(Float32Array.of(0.25), [], 'float32')));
  },
  gate: (values, pick) => {
    const a = pick(values);
    const [zero, one] = [0, 1].map((n) => constant(Float32Array.of(n), [], 'float32'));
    return binary('Mul', a, where(binary('Greater', a, zero, 'bool'), one, zero));
  },
  convolve: (values, pick) => {
    const a = pick(values);
    const channels = a.shape[1];
    const filter = constant(
      normal([channels, channels, 1, 1], 'filter'),
      [channels, channels, 1, 1],
      'float32',
    );
    const bias = constant(normal([channels], 'bias'), [channels, 1, 1], 'float32');
    const y = record('Conv', [a, filter], {
      kernel_shape: [1, 1],
      strides: [1, 1],
      pads: [0, 0, 0, 0],
      dilations: [1, 1],
      group: 1,
    });
    return binary('Add', y, bias);
  },
  subtract: (values, pick) => {
    const a = pick(values);
    return binary('Add', a, record('Neg', [reduce('ReduceMax', a, [1], true)]));
  },
  again: (values, pick) => {
    const a = pick(values);
    return binary('Add', record('Tanh', [a]), record('Tanh', [a]));
  },
  expand: (values, pick) => {
    const a = pick(values);
    return record('Expand', [reduce('ReduceMax', a, [3], true), int64(a.shape)], {}, a.shape);
  },
};

export const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });

/** Shape of every tensor, but for those that a Transpose leaves in another order. */
export const shape = [2, 3, 4, 5] as const;

/** Steps that make a graph, and what it then gives. */
export const steps = fc.array(
  fc.record({
    move: fc.constantFrom(...Object.keys(moves)),
    pick: fc.infiniteStream(fc.nat()),
    order: orders,
  }),
  { minLength: 1, maxLength: 14 },
);

type Steps = typeof steps extends fc.Arbitrary<infer T> ? T : never;

/** All values of the graph that the steps make from those given. */
export function grow(given: readonly Value[], made: Steps): Value[] {
  const values = [...given];
  for (const { move, pick, order } of made) {
    values.push(moves[move](values, (from) => from[pick.next().value % from.length], order));
  }
  return values;
}

/** @throws unless the numbers agree: sums in another order are rounded differently */
export function expectAgreement(a: Float32Array, b: Float32Array): void {
  const wrong = a.findIndex((value, i) => !(Math.abs(value - b[i]) < 1e-4 * Math.max(1, Math.abs(value))));
  if (a.length !== b.length || wrong >= 0) throw new Error(`number ${wrong}: ${a[wrong]} and ${b[wrong]}`);
}
