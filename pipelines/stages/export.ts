// Export: copies of a run's networks (ONNX, tfjs layers), prepared data (Arrow, CSV) or metrics (TensorBoard) in a folder of
// the user's.
import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { nearest } from '../../core/suggest.ts';
import { type Batch, type Dataset, splitNames } from '../../data-adapters/dataset.ts';
import { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import { makeFolder } from '../run-directory/create-run.ts';
import { modelIds, onnxPath } from '../run-directory/model-store.ts';
import { preparedParts } from './prepare.ts';
import { type AnyPart, type Run, requireStage } from './run.ts';

/** Writes into `folder`. @returns the files written */
type Exporter = (run: Run, folder: string, signal: AbortSignal) => Promise<string[]>;

async function copy(from: string, to: string): Promise<string> {
  await writeFileAtomic(to, createReadStream(from) as AsyncIterable<Uint8Array>);
  return to;
}

const onnx: Exporter = async (run, folder) => {
  requireStage(run, 'train');
  const written: string[] = [];
  for (const id of await modelIds(run.paths)) {
    written.push(await copy(onnxPath(run.paths, id), join(folder, `${id}.onnx`)));
  }
  return written;
};

const tfjs: Exporter = async (run, folder) => {
  requireStage(run, 'train');
  const written: string[] = [];
  const ids = await readdir(run.paths.layers).catch((): string[] => []);
  if (ids.length === 0) {
    throw new UserError({
      what: 'its networks have no tfjs format',
      where: run.paths.root,
      how: 'export onnx',
    });
  }
  for (const id of ids) {
    await mkdir(join(folder, id), { recursive: true });
    for (const name of ['weights.bin', 'model.json']) {
      written.push(await copy(join(run.paths.layers, id, name), join(folder, id, name)));
    }
  }
  return written;
};

const arrow: Exporter = async (run, folder) => {
  requireStage(run, 'prepare');
  const written: string[] = [];
  for (const name of (await readdir(run.paths.prepared)).filter((file) => file.endsWith('.arrow'))) {
    written.push(await copy(join(run.paths.prepared, name), join(folder, basename(name))));
  }
  return written;
};

/** `spins` of shape [2, 2] as spins_0_0, spins_0_1, spins_1_0, spins_1_1. */
function columnNames(name: string, shape: readonly number[]): string[] {
  return shape.reduce<string[]>(
    (names, size) => names.flatMap((prefix) => Array.from({ length: size }, (_, i) => `${prefix}_${i}`)),
    [name],
  );
}

const rowsAtOnce = 1000;

/** Consecutive rows with the split of each. */
interface Rows {
  readonly batch: Batch;
  splitOf(row: number): string;
}

/** Rows of data in memory, in their order. */
function* rowsInMemory(dataset: Dataset): Generator<Rows> {
  const splitOf = new Array<string>(dataset.rows).fill('');
  for (const split of splitNames) for (const row of dataset.splits[split]) splitOf[row] = split;
  for (let start = 0; start < dataset.rows; start += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, dataset.rows - start);
    const rows = Uint32Array.from({ length: count }, (_, i) => start + i);
    yield { batch: dataset.take(rows), splitOf: (row) => splitOf[start + row] };
  }
}

/** Rows of data on disk, split by split. */
async function* rowsOnDisk({ splits }: StoredDataset): AsyncGenerator<Rows> {
  for (const split of splitNames) {
    for await (const batch of splits[split].blocks()) yield { batch, splitOf: () => split };
  }
}

function rowsText({ batch, splitOf }: Rows): string {
  const columns = Object.values(batch.columns).map(({ data }) => ({ data, width: data.length / batch.size }));
  let text = '';
  for (let row = 0; row < batch.size; row++) {
    text += splitOf(row);
    for (const { data, width } of columns) {
      for (let i = row * width; i < (row + 1) * width; i++) text += `,${data[i]}`;
    }
    text += '\n';
  }
  return text;
}

async function* csvPieces(part: AnyPart, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const names = Object.entries(part.columns).flatMap(([name, { shape }]) => columnNames(name, shape));
  yield Buffer.from(`${['split', ...names].join(',')}\n`);
  for await (const rows of part instanceof StoredDataset ? rowsOnDisk(part) : rowsInMemory(part)) {
    // Lets a Ctrl-C in.
    await setImmediate();
    signal.throwIfAborted();
    yield Buffer.from(rowsText(rows));
  }
}

const csv: Exporter = async (run, folder, signal) => {
  requireStage(run, 'prepare');
  const written: string[] = [];
  for (const [name, part] of Object.entries(await preparedParts(run))) {
    const path = join(folder, `${name}.csv`);
    await writeFileAtomic(path, csvPieces(part, signal));
    written.push(path);
  }
  return written;
};

const tensorboard: Exporter = async (run, folder) =>
  (await import('../tensorboard/export-events.ts')).exportEvents(run, folder);

const exporters: Readonly<Record<string, Exporter>> = { onnx, tfjs, arrow, csv, tensorboard };

/**
 * Copies what `format` names into `out`, which is made when it does not exist.
 * @returns the files written
 * @throws UserError for an unknown format, a run that is not far enough, or a folder that cannot be written
 */
export async function exportRun(
  run: Run,
  format: string,
  out: string,
  signal: AbortSignal,
): Promise<string[]> {
  const names = Object.keys(exporters);
  if (!names.includes(format)) {
    const near = nearest(format, names);
    throw new UserError({
      what: `no format ${JSON.stringify(format)}`,
      where: '--format',
      how: `${near.length > 0 ? `did you mean ${near[0]}? ` : ''}choose one of ${names.join(', ')}`,
    });
  }
  await makeFolder(out);
  return exporters[format](run, out, signal);
}
