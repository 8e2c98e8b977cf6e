// A block of simulated galaxies, the unit of work of a thread: what comes out depends on the task alone.
import { RandomStream } from '../../../core/random.ts';
import { type SimulatedGalaxy, simulateGalaxy } from './simulate-galaxy.ts';

export interface GalaxyBlockTask {
  readonly seed: string;
  /** Number of the first galaxy, and how many. */
  readonly first: number;
  readonly count: number;
  /** Side of the images, pixels. */
  readonly size: number;
}

/** The stream of one galaxy of a seed. */
export const galaxyStream = (seed: string, index: number): RandomStream =>
  new RandomStream(seed, 'galaxy', index);

/** Makes the galaxies of one block. */
export const simulateGalaxyBlock = ({ seed, first, count, size }: GalaxyBlockTask): SimulatedGalaxy[] =>
  Array.from({ length: count }, (_, i) => simulateGalaxy(galaxyStream(seed, first + i), first + i, size));
