// Which format a table has. The first bytes of the file say it, the name only what they do not: an Arrow stream and plain
// text begin with nothing of their own.
import { UserError } from '../../core/errors.ts';
import { readStart } from '../formats/byte-source.ts';
import { fileSource } from '../formats/source-file.ts';

const beginsWith = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(text.length, bytes.length)).toString('latin1') ===
  text;

export type TableFormat = 'csv' | 'parquet' | 'arrow' | 'hdf5' | 'root';

const magics: readonly (readonly [string, TableFormat])[] = [
  ['root', 'root'],
  ['PAR1', 'parquet'],
  ['ARROW1', 'arrow'],
  ['\x89HDF\r\n\x1a\n', 'hdf5'],
];

const endings: readonly (readonly [RegExp, TableFormat])[] = [
  [/\.root$/i, 'root'],
  [/\.(parquet|pq)$/i, 'parquet'],
  [/\.(arrow|arrows|feather|ipc)$/i, 'arrow'],
  [/\.(h5|hdf5|hdf)$/i, 'hdf5'],
];

/** @throws UserError for an empty file, and one whose name and bytes disagree */
export async function formatOf(path: string): Promise<TableFormat> {
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
