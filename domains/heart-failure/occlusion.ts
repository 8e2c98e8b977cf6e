// What a network's answer rests on: how it changes when a visit, or all entries of a code, are taken out of the record
// (occlusion, Zeiler and Fergus 2014). It holds for any network and says nothing of causes.
import type { Steps } from './records/steps.ts';

/** A record without a part of it. */
export interface Occlusion {
  readonly kind: 'visit' | 'code';
  /** Days before the end of the window, or number of the code. */
  readonly of: number;
  readonly steps: Steps;
}

const without = ({ length, codes, days }: Steps, leaves: (code: number, day: number) => boolean): Steps => {
  const width = codes.length / Math.max(1, length);
  const kept: { codes: number[]; day: number }[] = [];
  for (let t = 0; t < length; t++) {
    const own = [...codes.subarray(t * width, (t + 1) * width)].filter(
      (code) => code > 0 && leaves(code, days[t]),
    );
    if (own.length > 0) kept.push({ codes: own, day: days[t] });
  }
  const left = new Int32Array(kept.length * width);
  kept.forEach((step, t) => {
    left.set(step.codes, t * width);
  });
  return { length: kept.length, codes: left, days: Float32Array.from(kept, ({ day }) => day) };
};

/** The record without each of its visits, then without each of its codes. */
export function occlusions(steps: Steps): Occlusion[] {
  const days = [...new Set(steps.days)];
  const codes = [...new Set(steps.codes)].filter((code) => code > 0).sort((a, b) => a - b);
  return [
    ...days.map(
      (of): Occlusion => ({
        kind: 'visit',
        of,
        steps: without(steps, (_, day) => day !== of),
      }),
    ),
    ...codes.map((of): Occlusion => ({ kind: 'code', of, steps: without(steps, (code) => code !== of) })),
  ];
}
