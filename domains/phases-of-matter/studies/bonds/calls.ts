// Which lattices of bonds the networks call ground states, and how often they are right.
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { Models } from '../../../domain.ts';
import { networkInput, phaseOutput } from '../../network.ts';

/** Lattices run at once: the activations of 64 filters of these take 33 MB. */
const rowsAtOnce = 500;

/** Ids of the networks of a kind: `square-ice-1`, `square-ice-2`. */
export const networksOf = (kind: string, { ids }: Models): string[] =>
  ids.filter((id) => id.startsWith(`${kind}-`) && /^\d+$/.test(id.slice(kind.length + 1)));

/** 1 for every lattice that a network calls a ground state, 0 for the others. @param spins [rows, L, L, 2] */
export async function groundStateCalls(
  models: Models,
  id: string,
  spins: Int8Array,
  size: number,
): Promise<Uint8Array> {
  const width = 2 * size * size;
  const rows = spins.length / width;
  const calls = new Uint8Array(rows);
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const end = Math.min(rows, start + rowsAtOnce);
    const { [phaseOutput]: phase } = await models.run(id, {
      [networkInput]: {
        dtype: 'int32',
        shape: [end - start, size, size, 2],
        data: Int32Array.from(spins.subarray(start * width, end * width)),
      },
    });
    for (let row = start; row < end; row++) {
      const [ground, hot] = phase.data.subarray(2 * (row - start));
      calls[row] = ground > hot ? 1 : 0;
    }
  }
  return calls;
}

/** Lattices of some rows with what they are. */
export interface LabelledBonds {
  readonly size: number;
  /** [rows, L, L, 2]. */
  readonly spins: Int8Array;
  /** 1 for T = 0, 0 for infinite temperature. */
  readonly ground: Uint8Array;
}

/** Lattices of the given rows of a dataset. */
export function labelledBonds(dataset: Dataset, rows: Uint32Array): LabelledBonds {
  const { spins, temperature } = dataset.take(rows, ['spins', 'temperature']).columns;
  return {
    size: spins.shape[0],
    spins: spins.data as Int8Array,
    ground: Uint8Array.from(temperature.data, (t) => (t === 0 ? 1 : 0)),
  };
}

/** Calls a classifier of single lattices for each of several. */
export function callEach(
  { size, spins }: Pick<LabelledBonds, 'size' | 'spins'>,
  isGround: (spins: Int8Array) => boolean,
): Uint8Array {
  const width = 2 * size * size;
  return Uint8Array.from({ length: spins.length / width }, (_, row) =>
    isGround(spins.subarray(row * width, (row + 1) * width)) ? 1 : 0,
  );
}

/** Share of calls that are right. */
export function shareRight(calls: Uint8Array, ground: Uint8Array): number {
  let right = 0;
  for (let row = 0; row < calls.length; row++) if (calls[row] === ground[row]) right++;
  return right / calls.length;
}
