// Batches of records: as sequences of like length, and as counts.
import type { RandomStream } from '../../../core/random.ts';
import { type BatchSource, rowSource } from '../../../core/training/batch-source.ts';
import { bucketSource } from '../../../core/training/length-buckets.ts';
import type { ObservedCohort } from './observed-cohort.ts';
import { padSteps, type Steps } from './steps.ts';

export interface RecordSourceOptions {
  readonly rows: Uint32Array;
  /** 1 for a case, by row of the cohort. */
  readonly labels: Uint8Array;
  readonly shuffle?: RandomStream;
}

export interface SequenceSourceOptions extends RecordSourceOptions {
  readonly codesPerStep: number;
  readonly longest: number;
  /** Share of the codes left out of each record in training. */
  readonly codeDropout?: number;
}

/** Lengths that are compiled: each a half or a third more than the one before. */
export function lengthBuckets(longest: number): number[] {
  const buckets: number[] = [];
  for (let size = 8; size < longest; size = Math.ceil((size * 1.5) / 8) * 8) buckets.push(size);
  return [...buckets, longest];
}

/** Log odds of being a case among some rows, both classes being there. */
export function priorOf({ rows, labels }: Pick<RecordSourceOptions, 'rows' | 'labels'>): number {
  const cases = rows.reduce((sum, row) => sum + labels[row], 0);
  return Math.log(cases / (rows.length - cases));
}

const labelsOf = (labels: Uint8Array, rows: Uint32Array): Float32Array =>
  Float32Array.from(rows, (row) => labels[row]);

/** The record without some of its codes; a step that has lost all of them is one of no code in the middle of its codes. */
function thinned({ length, codes, days }: Steps, share: number, random: RandomStream): Steps {
  const width = codes.length / Math.max(1, length);
  const kept: number[][] = [];
  const times: number[] = [];
  for (let t = 0; t < length; t++) {
    const own = [...codes.subarray(t * width, (t + 1) * width)].filter(
      (code) => code > 0 && random.uniform() >= share,
    );
    if (own.length === 0) continue;
    kept.push(own);
    times.push(days[t]);
  }
  const thin = new Int32Array(kept.length * width);
  kept.forEach((own, t) => {
    thin.set(own, t * width);
  });
  return { length: kept.length, codes: thin, days: Float32Array.from(times) };
}

/** Inputs `codes` [T, codesPerStep], `days` [T] and `label` [1]. */
export function sequenceSource(observed: ObservedCohort, options: SequenceSourceOptions): BatchSource {
  const { rows, labels, shuffle, codesPerStep, longest, codeDropout = 0 } = options;
  const steps = new Map<number, Steps>();
  for (const row of rows) steps.set(row, observed.steps(row, { codesPerStep, longest }));
  return bucketSource({
    rows,
    lengthOf: (row) => Math.max(1, steps.get(row)!.length),
    buckets: lengthBuckets(longest),
    shuffle,
    gather(taken, length, random) {
      const own = Array.from(taken, (row) => {
        const whole = steps.get(row)!;
        return random === undefined || codeDropout === 0 ? whole : thinned(whole, codeDropout, random);
      });
      return { ...padSteps(own, length, codesPerStep), label: labelsOf(labels, taken) };
    },
  });
}

/** Inputs `counts` [codes of the vocabulary] and `label` [1]. */
export function countSource(
  observed: ObservedCohort,
  { rows, labels, shuffle }: RecordSourceOptions,
): BatchSource {
  return rowSource({
    rows,
    shuffle,
    gather: (taken) => ({ counts: observed.counts(taken), label: labelsOf(labels, taken) }),
  });
}
