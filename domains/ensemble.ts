// How networks that were trained apart become one: what a domain says for `deepfield ensemble`, and what it may ask of the result.
import { type Averaging, spreadOutput } from '../core/engine/average-models.ts';
import type { TensorData } from '../core/engine/tensor-data.ts';

/** What a network's file says beside its weights. */
type Metadata = Readonly<Record<string, string>>;

export interface EnsembleRule {
  /** Outputs by name, and how each is averaged. A network with another one cannot become a member. */
  readonly outputs: Readonly<Record<string, Averaging>>;
  /** What of a network's metadata says what its inputs and outputs mean: it must be equal for all members. */
  meaning(metadata: Metadata): unknown;
  /** Metadata of the ensemble from those of its members; the first's without. */
  metadata?(members: readonly Metadata[]): Metadata;
  /**
   * Whether runs of several seeds go together where the seed also makes their data: what was simulated from another seed holds no test
   * row of the first run but by chance. Not where a seed also decides what inputs mean, as by a vocabulary.
   */
  readonly acrossSeeds?: true;
}

/** Key of a network's metadata: how many it was made of. */
export const membersKey = 'members';

/** How many networks a network was made of: 1 for one that was trained. */
export const memberCount = (metadata: Metadata): number => Number(metadata[membersKey] ?? 1);

/** The spread over the members of an output; undefined for a network that was trained. */
export const spreadOfOutput = (
  outputs: Readonly<Record<string, TensorData>>,
  output: string,
): TensorData['data'] | undefined =>
  Object.hasOwn(outputs, spreadOutput(output)) ? outputs[spreadOutput(output)].data : undefined;

/**
 * Standard deviation over all networks behind a number: of what several answer (n - 1 in the denominator; 0 of a single one), and over the
 * members of those that are ensembles themselves, whose mean variance is added.
 *
 * @param own spreads of the networks that are ensembles
 */
export function spreadOver(answers: readonly number[], own: readonly number[] = []): number {
  const mean = answers.reduce((sum, answer) => sum + answer, 0) / answers.length;
  const squares = answers.reduce((sum, answer) => sum + (answer - mean) ** 2, 0);
  const within = own.reduce((sum, spread) => sum + spread ** 2, 0) / Math.max(1, own.length);
  return Math.sqrt(squares / Math.max(1, answers.length - 1) + within);
}
