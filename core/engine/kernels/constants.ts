// Kernels whose numbers are known while recording.
import { fill } from '../graph/operators.ts';
import { constant, elementType, type Value } from '../graph/value.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;

/** tfjs's arithmetic: each number is the one before plus the step, as rounded to float32. */
function arithmeticSequence(length: number, start: number, step: number, dtype: 'float32' | 'int32'): Value {
  const numbers = dtype === 'int32' ? new Int32Array(length) : new Float32Array(length);
  for (let i = 0; i < length; i++) numbers[i] = i === 0 ? start : numbers[i - 1] + step;
  return constant(numbers, [length], dtype);
}

export const constants: Family = {
  Fill: (_: Inputs, { shape, value, dtype }: { shape: number[]; value: number; dtype: string }) =>
    fill(shape, value, elementType(dtype ?? 'float32')),
  ZerosLike: ({ x }: Inputs) => fill(x.shape, 0, x.dtype),
  OnesLike: ({ x }: Inputs) => fill(x.shape, 1, x.dtype),
  LinSpace: (_: Inputs, { start, stop, num }: { start: number; stop: number; num: number }) =>
    arithmeticSequence(num, start, (stop - start) / (num - 1), 'float32'),
  Range: (
    _: Inputs,
    { start, stop, step, dtype }: { start: number; stop: number; step: number; dtype: 'float32' | 'int32' },
  ) => {
    const away = (start < stop && step < 0) || (stop < start && step > 1);
    if (start === stop || away) return arithmeticSequence(0, start, step, dtype);
    const length = Math.abs(Math.ceil((stop - start) / step));
    // A step that was left out (1) goes down by itself.
    return arithmeticSequence(length, start, stop < start && step === 1 ? -1 : step, dtype);
  },
};
