// A table of any format that is read here. The first bytes of the file say which it is, the name only what they do not:
// an Arrow stream and plain text begin with nothing of their own.
import { UserError } from '../../core/errors.ts';
import { readStart } from '../formats/byte-source.ts';
import { fileSource } from '../formats/source-file.ts';
import { arrowTable } from './arrow-table.ts';
import { csvTable } from './csv-table.ts';
import { hdf5Table } from './hdf5-table.ts';
import { parquetTable } from './parquet-table.ts';
import { rootTable } from './root-table.ts';
import { splitObject } from './split-object.ts';
import type { Table } from './table.ts';

export interface OpenTableOptions {
  /** Names of the columns of a text without a header, such as UCI's. */
  readonly names?: readonly string[];
}

const beginsWith = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(text.length, bytes.length)).toString('latin1') ===
  text;

type Format = 'csv' | 'parquet' | 'arrow' | 'hdf5' | 'root';

const magics: readonly (readonly [string, Format])[] = [
  ['root', 'root'],
  ['PAR1', 'parquet'],
  ['ARROW1', 'arrow'],
  ['\x89HDF\r\n\x1a\n', 'hdf5'],
];

const endings: readonly (readonly [RegExp, Format])[] = [
  [/\.root$/i, 'root'],
  [/\.(parquet|pq)$/i, 'parquet'],
  [/\.(arrow|arrows|feather|ipc)$/i, 'arrow'],
  [/\.(h5|hdf5|hdf)$/i, 'hdf5'],
];

async function formatOf(path: string): Promise<Format> {
  const source = await fileSource(path);
  if (source.size === 0) {
    throw new UserError({ what: 'is empty', where: path, how: 'check that it was written to its end' });
  }
  const start = await readStart(source, 16);
  const magic = magics.find(([text]) => beginsWith(start, text))?.[1];
  const named = endings.find(([ending]) => ending.test(path))?.[1];
  // Text may begin with "root" as a column's name; a ROOT file goes on with a binary number.
  if (magic !== undefined && (magic !== 'root' || start[4] === 0)) return magic;
  // An Arrow stream begins with the length of its schema: ff ff ff ff, length, and a length is below 16 MB.
  if (start.length > 8 && start[0] === 0xff && start[1] === 0xff && start[2] === 0xff && start[3] === 0xff)
    return 'arrow';
  if (named === undefined) return 'csv';
  const plainText = start.every((byte) => byte >= 32 || byte === 9 || byte === 10 || byte === 13);
  const hdf5Later = named === 'hdf5' && source.size > 512; // the signature may stand at 512, 1024, ...
  if (hdf5Later && !plainText) return named;
  throw new UserError({
    what: `is no ${named === 'hdf5' ? 'HDF5' : named === 'root' ? 'ROOT' : named === 'arrow' ? 'Arrow' : 'Parquet'} file, though its name says so`,
    where: path,
    how: plainText ? 'rename it to .csv if it is text' : 'copy or download it again',
  });
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
