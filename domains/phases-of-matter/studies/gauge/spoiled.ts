// What the convolutional networks say of spoiled ground states: how many they still call ground states. It tells the local
// constraints, which they read, from the loops around the torus, which they do not.
import type { RandomStream } from '../../../../core/random.ts';
import type { Estimate, Models } from '../../../domain.ts';
import { estimateOf } from '../../accuracy.ts';
import { violatedPlaquettes } from '../../bonds/plaquettes.ts';
import { cutAndStitch, flipAtRandom, flipEvery } from '../../bonds/spoiled-states.ts';
import { toyCnn } from '../../bonds/toy-cnn.ts';
import { callEach, groundStateCalls } from '../bonds/calls.ts';

/** Spoiled ground states and what is said of them. */
export interface Spoiled {
  /** Flipped bonds of each state; NaN where none was flipped. */
  readonly flips: number;
  /** Mean share of violated plaquettes. */
  readonly violated: number;
  /** Share that each network calls ground states. */
  readonly shares: readonly number[];
  /** Their mean with its interval. */
  readonly share: Estimate;
  /** Share that the network with written-down weights calls ground states. */
  readonly toy: number;
  /** The states, [states, L, L, 2]. */
  readonly states: Int8Array;
}

const meanOf = (calls: ArrayLike<number>): number =>
  Array.from(calls).reduce((a, b) => a + b, 0) / calls.length;

/** Asks the networks of the given ids. */
export class SpoiledStates {
  constructor(
    private readonly models: Models,
    private readonly ids: readonly string[],
    /** Ground states, [states, L, L, 2]. */
    private readonly ground: Int8Array,
    private readonly size: number,
  ) {}

  /** One bond flipped every `m` plaquettes. */
  flippedEvery(m: number): Promise<Spoiled> {
    return this.ask(flipEvery(this.ground, this.size, m), this.size ** 2 / m);
  }

  /** `flips` bonds flipped at random. */
  flipped(flips: number, random: RandomStream): Promise<Spoiled> {
    return this.ask(flipAtRandom(this.ground, this.size, flips, random), flips);
  }

  /** Cut into four and stitched together with quarters of other states. */
  stitched(random: RandomStream): Promise<Spoiled> {
    return this.ask(cutAndStitch(this.ground, this.size, random), Number.NaN);
  }

  private async ask(states: Int8Array, flips: number): Promise<Spoiled> {
    const { models, ids, size } = this;
    const bonds = { size, spins: states };
    const plaquettes = size * size;
    const width = 2 * plaquettes;
    const count = states.length / width;
    const shares: number[] = [];
    for (const id of ids) shares.push(meanOf(await groundStateCalls(models, id, states, size)));
    let violated = 0;
    for (let row = 0; row < count; row++) {
      violated += violatedPlaquettes(states.subarray(row * width, (row + 1) * width), size);
    }
    return {
      flips,
      violated: violated / (count * plaquettes),
      shares,
      share: estimateOf(shares, count),
      toy: meanOf(callEach(bonds, (spins) => toyCnn(spins, size))),
      states,
    };
  }
}
