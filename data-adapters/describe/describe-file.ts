// What a file is: its first bytes say which format it has, and the reader of that format what is in it. Its name is asked only where
// the bytes say nothing.
import { constants, gunzipSync } from 'node:zlib';
import { readStart } from '../formats/byte-source.ts';
import { fileSource } from '../formats/source-file.ts';
import { splitObject } from '../tables/index.ts';
import {
  describeFits,
  describeIdx,
  describeNpy,
  describePicture,
  describeZip,
} from './binary-descriptions.ts';
import type { Description } from './description.ts';
import { describeTable } from './table-description.ts';

interface Format {
  /** @param start first bytes, unpacked where the whole file is packed by gzip */
  matches(start: Buffer, path: string): boolean;
  describe(path: string, gzipped: boolean): Promise<Description> | Description;
}

const begins =
  (...magics: readonly string[]) =>
  (start: Buffer): boolean =>
    magics.some((magic) => start.subarray(0, magic.length).toString('latin1') === magic);

const only = (format: string): Format['describe'] => {
  return (_, gzipped) => ({ format: gzipped ? `${format}, gzipped` : format, lines: [] });
};

const table =
  (format: string, text = false): Format['describe'] =>
  (path, gzipped) =>
    describeTable(path, gzipped ? `${format}, gzipped` : format, { text, gzipped });

const isText = (start: Buffer): boolean => !start.includes(0);
/** Names of texts that are no tables. */
const prose = /\.(md|rst|html?|xml|ya?ml|toml|log|tex|py|js|ts|sh)(\.gz)?$/i;
const jsonLines = /^\s*\{.*\}\s*\n\s*\{/;

const formats: readonly Format[] = [
  { matches: (start) => start.length === 0, describe: only('empty') },
  { matches: begins('\x93NUMPY'), describe: describeNpy },
  { matches: begins('PK\x03\x04', 'PK\x05\x06'), describe: describeZip },
  { matches: begins('SIMPLE  ='), describe: describeFits },
  // What bzip2 and compress pack is unpacked by the reader of FITS.
  {
    matches: (start, path) => begins('BZh', '\x1f\x9d')(start) && /\.(fits?|fts)\./i.test(path),
    describe: describeFits,
  },
  { matches: begins('BZh'), describe: only('packed by bzip2') },
  { matches: begins('PAR1'), describe: table('Parquet') },
  { matches: begins('ARROW1', '\xff\xff\xff\xff'), describe: table('Arrow') },
  { matches: begins('\x89HDF\r\n\x1a\n'), describe: table('HDF5') },
  { matches: (start) => begins('root')(start) && start[4] === 0, describe: table('ROOT') },
  { matches: (start) => start.toString('latin1', 8, 12) === 'DUCK', describe: only('DuckDB database') },
  {
    matches: begins('\x89PNG', '\xff\xd8\xff', 'GIF8', 'II*\0', 'MM\0*', 'BM'),
    describe: describePicture,
  },
  { matches: (start) => start.toString('latin1', 8, 12) === 'WEBP', describe: describePicture },
  {
    matches: (start) => start[0] === 0 && start[1] === 0 && start[2] >= 8 && start[2] <= 14 && start[3] > 0,
    describe: describeIdx,
  },
  {
    matches: (start) => isText(start) && jsonLines.test(start.toString('utf8')),
    describe: only('JSON lines'),
  },
  { matches: (start) => isText(start) && /^\s*[[{]/.test(start.toString('utf8')), describe: only('JSON') },
  { matches: (start, path) => isText(start) && /\.tsv\b/i.test(path), describe: table('TSV', true) },
  { matches: (start, path) => isText(start) && prose.test(path), describe: only('text') },
  { matches: isText, describe: table('text table', true) },
];

const startBytes = 64 * 1024;

function unzipped(start: Buffer): Buffer | undefined {
  if (start[0] !== 0x1f || start[1] !== 0x8b) return undefined;
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    // It is no gzip after all, or a damaged one: its own bytes have to do.
    return undefined;
  }
}

/**
 * @param path may name what to read within the file: `events.root:tree`
 * @throws UserError when the file cannot be read, or is not what its first bytes say
 */
export async function describeFile(path: string): Promise<Description> {
  const raw = Buffer.from(await readStart(await fileSource(splitObject(path).file), startBytes));
  const inner = unzipped(raw);
  const start = inner ?? raw;
  const format = formats.find(({ matches }) => matches(start, path));
  if (format === undefined) return { format: 'of no format that is known', lines: [] };
  return format.describe(path, inner !== undefined);
}
