// One file of configurations, whatever its format.
import { readCsv } from '../formats/csv.ts';
import { readNpy } from '../formats/npy.ts';
import { readTextTable } from '../formats/text-table.ts';
import { arrayToConfigurations, npzToConfigurations } from './array-configurations.ts';
import type { Configurations, ShapeHints } from './configurations.ts';
import type { LatticeFile } from './lattice-files.ts';
import { tableToConfigurations } from './table-configurations.ts';
import { sizeInName } from './temperature-names.ts';

/** The configurations of a file, with the temperatures that stand in it. @throws UserError naming the file and place */
export async function readLatticeFile(file: LatticeFile, given: ShapeHints): Promise<Configurations> {
  const { source } = file;
  const hints = { ...given, likelySize: sizeInName(file.stem) };
  switch (file.kind) {
    case 'npy':
      return arrayToConfigurations(await readNpy(source), hints, source.name);
    case 'npz':
      return npzToConfigurations(file.path, hints);
    case 'csv':
      return tableToConfigurations(readCsv(source), hints, source.name);
    case 'text':
      return tableToConfigurations(readTextTable(source), hints, source.name);
  }
}
