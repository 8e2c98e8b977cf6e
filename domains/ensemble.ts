// How networks that were trained apart become one: what a domain says for `deepfield ensemble`, and what it may ask of the result.
import { type Averaging, spreadOutput } from '../core/engine/average-models.ts';
import type { TensorData } from '../core/engine/tensor-data.ts';

export interface EnsembleRule {
  /** Outputs by name, and how each is averaged. A network with another one cannot become a member. */
  readonly outputs: Readonly<Record<string, Averaging>>;
  /** What of a network's metadata says what its inputs and outputs mean: it must be equal for all members. */
  meaning(metadata: Readonly<Record<string, string>>): unknown;
}

/** Key of a network's metadata: how many it was made of. */
export const membersKey = 'members';

/** How many networks a network was made of: 1 for one that was trained. */
export const memberCount = (metadata: Readonly<Record<string, string>>): number =>
  Number(metadata[membersKey] ?? 1);

/** The spread over the members of an output; undefined for a network that was trained. */
export const spreadOfOutput = (
  outputs: Readonly<Record<string, TensorData>>,
  output: string,
): TensorData['data'] | undefined =>
  Object.hasOwn(outputs, spreadOutput(output)) ? outputs[spreadOutput(output)].data : undefined;
