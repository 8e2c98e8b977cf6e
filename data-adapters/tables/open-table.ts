// A table of any format that is read here.
import { UserError } from '../../core/errors.ts';
import { arrowTable } from './arrow-table.ts';
import { csvTable } from './csv-table.ts';
import { hdf5Table } from './hdf5-table.ts';
import { parquetTable } from './parquet-table.ts';
import { rootTable } from './root-table.ts';
import { splitObject } from './split-object.ts';
import type { Table } from './table.ts';
import { formatOf } from './table-format.ts';

export interface OpenTableOptions {
  /** Names of the columns of a text without a header, such as UCI's. */
  readonly names?: readonly string[];
}

/**
 * Opens a table of CSV or other delimited text (plain or gzipped), Parquet, Arrow IPC (file or stream), HDF5 or ROOT.
 *
 * @param path a file; `events.root:dir/tree` and `events.h5:group` name what to read within it
 * @throws UserError when it is missing, of none of these formats, damaged, or has other columns than `names`
 */
export async function openTable(path: string, { names }: OpenTableOptions = {}): Promise<Table> {
  const { file, object } = splitObject(path);
  const format = await formatOf(file);
  if (object !== undefined && format !== 'root' && format !== 'hdf5') {
    throw new UserError({
      what: `holds one table, which has no name ${object}`,
      where: file,
      how: 'leave the name out',
    });
  }
  switch (format) {
    case 'root':
      return rootTable(file, object);
    case 'hdf5':
      return hdf5Table(file, object);
    case 'parquet':
      return parquetTable(file);
    case 'arrow':
      return arrowTable(file);
    default:
      return csvTable(file, { names });
  }
}
