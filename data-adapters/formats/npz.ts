// NumPy .npz files: a zip archive of .npy arrays. The headers are read on opening, an array's numbers when asked for.
import { UserError } from '../../core/errors.ts';
import { type ByteSource, readStart } from './byte-source.ts';
import { type NpyArray, readNpy } from './npy.ts';
import { longestHeader, readNpyHeader } from './npy-header.ts';
import { openZip, type ZipOptions } from './zip.ts';

/** An array that has not been read yet. */
export interface NpzEntry {
  /** Its key, as in `numpy.load(path)[key]`. */
  readonly key: string;
  readonly shape: readonly number[];
  /** NumPy's type string: `<f8`. It may be one that `read` refuses. */
  readonly descr: string;
  /** Reads the numbers. @throws UserError when they are damaged or no plain numbers */
  read(): Promise<NpyArray>;
}

/** An open .npz file. */
export interface NpzArchive {
  readonly entries: readonly NpzEntry[];
  close(): Promise<void>;
}

async function entryOf(key: string, source: ByteSource): Promise<NpzEntry> {
  const header = readNpyHeader(await readStart(source, longestHeader + 12), source.name);
  return { key, shape: header.shape, descr: header.descr, read: () => readNpy(source) };
}

/**
 * Opens a .npz file.
 *
 * @throws UserError when it is no zip archive, damaged, or holds no array
 */
export async function openNpz(path: string, options?: ZipOptions): Promise<NpzArchive> {
  const archive = await openZip(path, options);
  try {
    const entries: NpzEntry[] = [];
    for (const entry of archive.entries) {
      if (entry.path.endsWith('.npy')) entries.push(await entryOf(entry.path.slice(0, -4), entry));
    }
    if (entries.length === 0) {
      throw new UserError({ what: 'holds no array', where: path, how: 'write it with numpy.savez' });
    }
    return { entries, close: () => archive.close() };
  } catch (error) {
    await archive.close();
    throw error;
  }
}
