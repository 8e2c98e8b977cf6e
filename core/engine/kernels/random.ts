// The lowering of the engine's own random op: the hash of random-op.ts in uint32 operators.
import { cast, multiply } from '../graph/operators.ts';
import { constant, record, scalar, type Value } from '../graph/value.ts';
import { type RandomAttributes, randomKernel } from '../random-op.ts';
import { sizeOf } from '../tensor-data.ts';
import type { Family } from './lowering.ts';

/** The step counter of the program that is being traced; set by the tracer. */
export const stepCounter: { value: Value } = { value: scalar(0, 'uint32') };

const word = (n: number): Value => scalar(n, 'uint32');

const shiftRight = (x: Value, bits: number): Value =>
  record('BitShift', [x, word(bits)], { direction: 'RIGHT' });

const xor = (a: Value, b: Value): Value =>
  record('BitwiseXor', [a, b], {}, a.shape.length > 0 ? a.shape : b.shape);

const times = (a: Value, n: number): Value => record('Mul', [a, word(n)]);

function mix(x: Value): Value {
  const first = times(xor(x, shiftRight(x, 16)), 0x85ebca6b);
  const second = times(xor(first, shiftRight(first, 13)), 0xc2b2ae35);
  return xor(second, shiftRight(second, 16));
}

export const random: Family = {
  [randomKernel]: (_: unknown, { shape, key }: RandomAttributes) => {
    const size = sizeOf(shape);
    const stream = mix(xor(times(stepCounter.value, 0x9e3779b9), word(key)));
    const elements = Uint32Array.from({ length: size }, (_unused, i) => Math.imul(i, 0x85ebca77));
    const counters = constant(elements, shape, 'uint32');
    const bits = mix(xor(mix(xor(counters, stream)), word(key)));
    return multiply(cast(shiftRight(bits, 8), 'float32'), scalar(2 ** -24));
  },
};
