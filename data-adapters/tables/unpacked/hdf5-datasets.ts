// What an HDF5 file unpacks to: the shapes of all datasets that the reader of tables looks at, times the bytes of an element, and
// the chunks that they are unpacked by. Data that lie in other files are refused: they would be files of whoever reads.
import type { Group, Dataset as Hdf5Dataset } from 'h5wasm/node';
import { UserError } from '../../../core/errors.ts';
import { fileSource } from '../../formats/source-file.ts';
import { bytesOfColumn, type UnpackedBytes } from './unpacked-bytes.ts';

/** As deep as the reader of tables goes. */
const deepest = 4;
/** Objects that a file may hold: links may go in circles. */
const mostObjects = 20_000;

const product = (lengths: readonly number[]): number => lengths.reduce((a, b) => a * b, 1);

function countDataset({ metadata, path }: Hdf5Dataset, file: string, count: UnpackedBytes): void {
  const { shape, chunks, size, virtual_sources: sources = [] } = metadata;
  if (sources.length > 0) {
    throw new UserError({
      what: `the dataset ${path} lies in other files (${sources[0].file_name})`,
      where: file,
      how: 'write one file that holds all of it (h5repack)',
    });
  }
  if (shape === null) return;
  count.add(Math.max(product(shape), product(chunks ?? [0])) * size);
  if (shape.length === 2) count.add(shape[1] * bytesOfColumn);
}

/** @throws UnpacksTooMuch, UserError for a missing file and one whose data lie elsewhere, Error for a damaged one */
export async function countHdf5(path: string, begin: () => UnpackedBytes): Promise<void> {
  await fileSource(path);
  const { default: h5wasm } = await import('h5wasm/node');
  (await h5wasm.ready).activate_throwing_error_handler();
  const file = new h5wasm.File(path, 'r');
  if (file.file_id < 0n) throw new Error('it cannot be opened');
  const count = begin();
  let objects = 0;
  const walk = (group: Group, depth: number): void => {
    for (const key of group.keys()) {
      if (++objects > mostObjects) throw new Error(`it holds more than ${mostObjects} objects`);
      const item = group.get(key);
      if (item === null) continue;
      if ('shape' in item) countDataset(item as Hdf5Dataset, path, count);
      else if ('keys' in item && depth < deepest) walk(item as Group, depth + 1);
    }
  };
  try {
    walk(file as unknown as Group, 1);
  } finally {
    file.close();
  }
}
