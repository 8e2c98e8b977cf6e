// Runs recorded values that depend on nothing but constants: the lazy side of the backend.
import { encodeModel } from './model.ts';
import { openSession, runSession } from './session.ts';
import type { Constant, Value } from './value.ts';

/** Computes the values and lets them hold their numbers, so that what they came from can be forgotten. */
export async function evaluate(values: readonly Value[]): Promise<void> {
  const pending = values.filter((value) => !value.constant);
  if (pending.length === 0) return;
  const outputs = Object.fromEntries(pending.map((value, i) => [`y${i}`, value]));
  const { bytes, inputs } = encodeModel(outputs, { name: 'eager' });
  if (inputs.size > 0) {
    throw new Error(
      `a tensor that depends on the inputs of a compiled step (${[...inputs].join(', ')}) was read outside it`,
    );
  }
  const session = await openSession(bytes, 'eager');
  try {
    const fetches = Object.fromEntries(Object.keys(outputs).map((key) => [key, null]));
    const results = await runSession(session, 'eager', {}, fetches);
    pending.forEach((value, i) => {
      value.constant = results[`y${i}`].data as Constant;
      value.node = undefined;
    });
  } finally {
    await session.release();
  }
}
