// Runs recorded values that depend on nothing but constants: the lazy side of the backend.
import { encodeModel } from './model.ts';
import { runAtOnce } from './session.ts';
import type { Constant, Value } from './value.ts';

/**
 * Computes the values and lets them hold their numbers, so that what they came from can be forgotten. Synchronous, as
 * ONNX Runtime's run on the processor is: it serves tfjs's `dataSync` as well as its `data`.
 *
 * @throws Error when a value depends on what a compiled step is fed
 */
export function evaluate(values: readonly Value[]): void {
  const pending = values.filter((value) => !value.constant);
  if (pending.length === 0) return;
  const outputs = Object.fromEntries(pending.map((value, i) => [`y${i}`, value]));
  const { bytes, inputs } = encodeModel(outputs, { name: 'eager' });
  if (inputs.size > 0) {
    throw new Error(
      `a tensor that depends on what a compiled step is fed (${[...inputs].join(', ')}) has no numbers while the step is compiled: return it from the step`,
    );
  }
  const results = runAtOnce(bytes, 'eager', Object.keys(outputs));
  pending.forEach((value, i) => {
    value.constant = results[`y${i}`].data as Constant;
    value.node = undefined;
  });
}
