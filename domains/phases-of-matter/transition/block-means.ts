// Outputs averaged over blocks of successive lattices of one temperature. Lattices of one Markov chain resemble their
// neighbours a little; blocks of many do not, so that resampling blocks gives honest errors (Flyvbjerg and Petersen 1989).
import type { Outputs } from '../outputs.ts';

/** Rows in a block: a dozen times the longest autocorrelation time between stored lattices. */
export const blockRows = 25;

/** With fewer blocks than this a resampling says little: where lattices are few, blocks are shorter. */
const fewestBlocks = 8;

/** The outputs of the networks of one size at one temperature, block by block. */
export interface TemperatureBlocks {
  readonly temperature: number;
  readonly lattices: number;
  /** [network][block] */
  readonly means: readonly Float64Array[];
}

/** Temperatures ascending; a last block of fewer rows is joined to the one before. */
export function blockMeans({ temperatures, ordered }: Outputs): TemperatureBlocks[] {
  const rowsAt = new Map<number, number[]>();
  temperatures.forEach((temperature, row) => {
    const rows = rowsAt.get(temperature);
    if (rows) rows.push(row);
    else rowsAt.set(temperature, [row]);
  });
  return [...rowsAt]
    .sort(([a], [b]) => a - b)
    .map(([temperature, rows]) => {
      const blocks = Math.max(Math.floor(rows.length / blockRows), Math.min(fewestBlocks, rows.length));
      const bound = (block: number): number => Math.floor((block * rows.length) / blocks);
      const means = ordered.map((output) =>
        Float64Array.from({ length: blocks }, (_, block) => {
          const taken = rows.slice(bound(block), bound(block + 1));
          return taken.reduce((sum, row) => sum + output[row], 0) / taken.length;
        }),
      );
      return { temperature, lattices: rows.length, means };
    });
}
