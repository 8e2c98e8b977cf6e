// Holds a table of a binary format to the bytes that it may unpack to, before its reader meets it.
import { damagedFile } from '../numbers.ts';
import type { TableFormat } from '../table-format.ts';
import { countArrow } from './arrow-batches.ts';
import { countHdf5 } from './hdf5-datasets.ts';
import { countParquet } from './parquet-pages.ts';
import { countRoot } from './root-objects.ts';
import { UnpackedBytes } from './unpacked-bytes.ts';

export interface UnpackedLimit {
  /** How errors call the file. */
  readonly name: string;
  /** Bytes. */
  readonly most: number;
  readonly signal?: AbortSignal;
}

type Count = (path: string, begin: () => UnpackedBytes) => Promise<void>;

const counts: Readonly<Record<Exclude<TableFormat, 'csv'>, readonly [Count, format: string]>> = {
  parquet: [countParquet, 'Parquet'],
  arrow: [countArrow, 'Arrow'],
  hdf5: [countHdf5, 'HDF5'],
  root: [countRoot, 'ROOT'],
};

/**
 * Looks at what a file says of itself: bytes, rows, columns. Nothing of it is unpacked but the description of a ROOT file's trees, after
 * its length was looked at.
 *
 * @throws UnpacksTooMuch when it is more, UserError when the file is missing or what it says makes no sense
 */
export async function checkUnpacked(
  path: string,
  format: TableFormat,
  { name, most, signal }: UnpackedLimit,
): Promise<void> {
  if (format === 'csv') return;
  const [count, formatName] = counts[format];
  try {
    await count(path, () => new UnpackedBytes(name, most, signal));
  } catch (error) {
    signal?.throwIfAborted();
    throw damagedFile(error, name, formatName);
  }
}
