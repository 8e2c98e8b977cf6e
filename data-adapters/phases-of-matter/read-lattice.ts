// Lattices for prediction: one or several from any file that holds configurations, with or without temperatures.
import { basename } from 'node:path';
import { countOf } from './configurations.ts';
import { latticeFiles } from './lattice-files.ts';
import { readLatticeFile } from './read-file.ts';
import { checkTemperatures, temperaturesInName } from './temperatures.ts';

/** One configuration. */
export interface Lattice {
  /** `size * size` spins of -1 and +1, row by row. */
  readonly spins: Int8Array;
  /** Side L. */
  readonly size: number;
  /** File it came from, with its number in it (from 1) where the file holds several: `spins.npy [17]`. */
  readonly name: string;
  /** In units of J/k_B, where the file or its name tells it. */
  readonly temperature?: number;
}

/**
 * Reads lattices from a .npy, .npz, .csv, .txt or .zip file or a folder of them. L rows of L spins are one lattice;
 * an (n, L, L) array or n rows of L*L spins are n.
 *
 * @throws UserError naming the file and place of anything that is no lattice of spins
 */
export async function readLattice(path: string): Promise<Lattice[]> {
  const lattices: Lattice[] = [];
  for await (const file of latticeFiles(path, { ignored: [] })) {
    const found = await readLatticeFile(file, { preferOne: true });
    const count = countOf(found);
    const apart = temperaturesInName(file);
    const own = found.temperatures && { values: found.temperatures, where: found.where, forAll: false };
    const temperatures = own ?? apart;
    const values = temperatures && checkTemperatures(temperatures, count, found.where);
    const sites = found.size * found.size;
    const label = basename(file.source.name.split(': ').at(-1)!);
    for (let i = 0; i < count; i++) {
      lattices.push({
        spins: found.spins.slice(i * sites, (i + 1) * sites),
        size: found.size,
        name: count === 1 ? label : `${label} [${i + 1}]`,
        ...(values && { temperature: values[i] }),
      });
    }
  }
  return lattices;
}
