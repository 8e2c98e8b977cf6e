// The first file of a source as configurations, for whoever asks what the source is; opening it is open-lattices.ts.
import { basename } from 'node:path';
import { countOf } from './configurations.ts';
import { latticeFiles } from './lattice-files.ts';
import { readLatticeFile } from './read-file.ts';
import { findTemperatures } from './temperatures.ts';

export interface LatticesSeen {
  readonly size: number;
  readonly count: number;
  /** Name of the file, or of the entry of an archive. */
  readonly file: string;
  /** Whether anything tells them. */
  readonly temperatures: boolean;
}

/** Files are read whole; a larger one is not looked at. */
const largest = 256 * 1024 * 1024;

/** @throws UserError when the first file that could hold configurations holds none */
export async function lookAtLattices(path: string): Promise<LatticesSeen | undefined> {
  for await (const file of latticeFiles(path, { ignored: [] })) {
    if (file.source.size > largest) return undefined;
    const apart = file.kind === 'npz' ? undefined : await findTemperatures(file);
    const found = await readLatticeFile(file, {
      temperatures: apart?.forAll ? undefined : apart?.values.length,
    });
    return {
      size: found.size,
      count: countOf(found),
      file: basename(file.source.name),
      temperatures: (found.temperatures ?? apart) !== undefined,
    };
  }
  return undefined;
}
