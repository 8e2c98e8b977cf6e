// What the visits and codes of one record add to the log odds that a sequence network answers.
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { logitOutput } from './networks/export-network.ts';
import { type Occlusion, occlusions } from './occlusion.ts';
import { padSteps, type Steps } from './records/steps.ts';

export interface SequenceShape {
  readonly longest: number;
  readonly codesPerStep: number;
}

export interface VisitContribution {
  /** Days before the end of the window. */
  readonly days: number;
  /** Log odds that are lost without the visit. */
  readonly contribution: number;
  /** Numbers of its codes. */
  readonly codes: readonly number[];
}

export interface CodeContribution {
  readonly code: number;
  readonly contribution: number;
}

export interface Contributions {
  readonly logit: number;
  readonly visits: readonly VisitContribution[];
  readonly codes: readonly CodeContribution[];
}

/** The inputs of a sequence network for several records. */
export function sequenceInputs(
  records: readonly Steps[],
  { longest, codesPerStep }: SequenceShape,
): Record<string, TensorData> {
  const { codes, days } = padSteps(records, longest, codesPerStep);
  return {
    codes: { dtype: 'int32', shape: [records.length, longest, codesPerStep], data: codes },
    days: { dtype: 'float32', shape: [records.length, longest], data: days },
  };
}

/** Numbers of the codes of the steps on a day. */
const codesOn = ({ length, codes, days }: Steps, day: number): number[] => {
  const width = codes.length / length;
  return Array.from({ length }, (_, t) => t)
    .filter((t) => days[t] === day)
    .flatMap((t) => [...codes.subarray(t * width, (t + 1) * width)])
    .filter((code) => code > 0);
};

/** @param logits of the record, and of the record without each part in turn */
export function readContributions(
  steps: Steps,
  parts: readonly Occlusion[],
  logits: ArrayLike<number>,
): Contributions {
  const changes = parts.map((part, i) => ({ ...part, contribution: logits[0] - logits[i + 1] }));
  return {
    logit: logits[0],
    visits: changes
      .filter(({ kind }) => kind === 'visit')
      .map(({ of, contribution }) => ({ days: of, contribution, codes: codesOn(steps, of) })),
    codes: changes
      .filter(({ kind }) => kind === 'code')
      .map(({ of, contribution }) => ({ code: of, contribution })),
  };
}

/** By taking out each visit and each code in turn, see occlusion.ts. @param steps of one step at least */
export async function contributionsOf(
  steps: Steps,
  shape: SequenceShape,
  run: (inputs: Record<string, TensorData>) => Promise<Record<string, TensorData>>,
): Promise<Contributions> {
  const parts = occlusions(steps);
  const answers = await run(sequenceInputs([steps, ...parts.map((part) => part.steps)], shape));
  return readContributions(steps, parts, answers[logitOutput].data as Float32Array);
}
