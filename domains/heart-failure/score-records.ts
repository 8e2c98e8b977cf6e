// What a network says of members of a cohort.
import type { TensorData } from '../../core/engine/tensor-data.ts';
import type { HeartFailureConfig } from './config.ts';
import type { NetworkName } from './network-id.ts';
import { errorOutput, logitOutput, scoreOutput } from './networks/export-network.ts';
import { isSequenceKind } from './networks/kinds.ts';
import type { ObservedCohort } from './records/observed-cohort.ts';
import { padSteps } from './records/steps.ts';

type Run = (inputs: Readonly<Record<string, TensorData>>) => Promise<Record<string, TensorData>>;

export interface RecordScores {
  readonly score: Float32Array;
  /** Calibrated log odds, and their standard error. */
  readonly logit: Float32Array;
  readonly error: Float32Array;
}

/** Records given to a network at once. */
const atOnce = 256;

/** Inputs of a network for some members. */
export function inputsOf(
  { kind }: Pick<NetworkName, 'kind'>,
  observed: ObservedCohort,
  rows: Uint32Array,
  { longest, codesPerStep }: HeartFailureConfig['representation'],
): Record<string, TensorData> {
  if (isSequenceKind(kind)) {
    const records = Array.from(rows, (row) => observed.steps(row, { longest, codesPerStep }));
    const { codes, days } = padSteps(records, longest, codesPerStep);
    return {
      codes: { dtype: 'int32', shape: [rows.length, longest, codesPerStep], data: codes },
      days: { dtype: 'float32', shape: [rows.length, longest], data: days },
    };
  }
  const width = observed.vocabulary.concepts.length;
  const counts = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    observed.countsInto(row, counts.subarray(i * width, (i + 1) * width));
  });
  return { counts: { dtype: 'float32', shape: [rows.length, width], data: counts } };
}

/** In the order of the rows. */
export async function scoreRecords(
  name: Pick<NetworkName, 'kind'>,
  observed: ObservedCohort,
  rows: Uint32Array,
  { representation }: Pick<HeartFailureConfig, 'representation'>,
  run: Run,
): Promise<RecordScores> {
  const scores = {
    score: new Float32Array(rows.length),
    logit: new Float32Array(rows.length),
    error: new Float32Array(rows.length),
  };
  for (let start = 0; start < rows.length; start += atOnce) {
    const taken = rows.subarray(start, start + atOnce);
    const answers = await run(inputsOf(name, observed, taken, representation));
    scores.score.set(answers[scoreOutput].data as Float32Array, start);
    scores.logit.set(answers[logitOutput].data as Float32Array, start);
    scores.error.set(answers[errorOutput].data as Float32Array, start);
  }
  return scores;
}
