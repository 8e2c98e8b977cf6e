// What a network says of members of a cohort.
import type { TensorData } from '../../core/engine/tensor-data.ts';
import type { HeartFailureConfig } from './config.ts';
import { sequenceInputs } from './contributions.ts';
import type { NetworkName } from './network-id.ts';
import { errorOutput, logitOutput, scoreOutput } from './networks/export-network.ts';
import { isSequenceKind } from './networks/kinds.ts';
import type { ObservedCohort } from './records/observed-cohort.ts';

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
function inputsOf(
  { kind }: Pick<NetworkName, 'kind'>,
  observed: ObservedCohort,
  rows: Uint32Array,
  { longest, codesPerStep }: HeartFailureConfig['representation'],
): Record<string, TensorData> {
  if (isSequenceKind(kind)) {
    const records = Array.from(rows, (row) => observed.steps(row, { longest, codesPerStep }));
    return sequenceInputs(records, { longest, codesPerStep });
  }
  const shape = [rows.length, observed.vocabulary.concepts.length];
  return { counts: { dtype: 'float32', shape, data: observed.counts(rows) } };
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
