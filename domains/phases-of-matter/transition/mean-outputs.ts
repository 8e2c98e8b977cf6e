// Mean outputs against temperature, for the plots.
import type { TemperatureBlocks } from './block-means.ts';

/** Mean outputs of the networks of one lattice size over the test lattices of one temperature. */
export interface OutputPoint {
  readonly size: number;
  /** J / k_B */
  readonly temperature: number;
  /** Mean share of the ordered output over lattices and networks, with its standard error over lattices. */
  readonly ordered: number;
  readonly error: number;
  readonly lattices: number;
}

export const meanOutputs = (size: number, blocks: readonly TemperatureBlocks[]): OutputPoint[] =>
  blocks.map(({ temperature, lattices, means: networks }) => {
    const perBlock = Array.from(
      networks[0],
      (_, b) => networks.reduce((sum, m) => sum + m[b], 0) / networks.length,
    );
    const ordered = perBlock.reduce((a, b) => a + b, 0) / perBlock.length;
    const variance =
      perBlock.reduce((sum, m) => sum + (m - ordered) ** 2, 0) / Math.max(1, perBlock.length - 1);
    return { size, temperature, ordered, error: Math.sqrt(variance / perBlock.length), lattices };
  });
