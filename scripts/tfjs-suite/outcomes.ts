// What became of the specs, and which of the failures are outside what the engine sets out to do.

export interface SpecOutcome {
  /** The describe blocks around the spec. */
  readonly suite: string;
  readonly spec: string;
  readonly status: 'passed' | 'failed' | 'pending' | 'excluded';
  readonly messages: readonly string[];
}

/** Why a spec does not apply, told by the refusal that the engine answered it with. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/no complex64 tensors|tfjs's kernel (Complex|Real|Imag|FFT|IFFT|ComplexAbs)\b/, 'complex64 tensors'],
  [/no string tensors/, 'string tensors'],
];

/** Why a failed spec does not apply to the engine, undefined where it does. */
export const inapplicable = ({ messages }: SpecOutcome): string | undefined =>
  refusals.find(([pattern]) => messages.some((message) => pattern.test(message)))?.[1];

/** How many of each key there are, most first. */
export function tally(keys: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
