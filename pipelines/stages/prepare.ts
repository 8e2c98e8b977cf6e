// Prepare: simulates the data or opens somebody's files, and keeps them below prepared/ with their record in data.json:
// data that fit into memory as <part>.arrow, others as <part>.<split>.arrow, written while they are made.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { blocksFromWorkers } from '../../core/blocks.ts';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { type Dataset, type Parts, type SourceFile, splitNames } from '../../data-adapters/dataset.ts';
import { readDataset, writeDataset } from '../../data-adapters/formats/arrow.ts';
import { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { PrepareContext } from '../../domains/domain.ts';
import {
  type DataRecord,
  dataRecordSchema,
  describePart,
  describeStored,
  type PartRecord,
  storedPart,
} from '../run-directory/data-record.ts';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import { fileStem, type RunLayout } from '../run-directory/layout.ts';
import { keptBlocks } from '../shards/block-files.ts';
import { withPartWriters } from './part-writers.ts';
import type { AnyPart, Run } from './run.ts';
import { stageContext, type Work } from './work.ts';

const preparedFile = (name: string): string => `prepared/${fileStem(name)}.arrow`;

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch (error) {
    throw await readError(error, path);
  }
  return hash.digest('hex');
}

async function keepPart(paths: RunLayout, name: string, dataset: Dataset): Promise<SourceFile> {
  const path = preparedFile(name);
  const file = join(paths.root, path);
  await writeDataset(file, dataset);
  return { path, bytes: (await stat(file)).size, sha256: await hashFile(file) };
}

const counted = (parts: Parts<AnyPart>): string =>
  Object.entries(parts)
    .map(([name, { rows, splits }]) => {
      const bySplit = splitNames.map((split) => `${splits[split].length} ${split}`).join(', ');
      return `${name}: ${rows} rows (${bySplit})`;
    })
    .join('; ');

/** Where other processes have made blocks of the simulation, they are taken from there, and only the others are made. */
const blocksOf = ({ paths }: Run, work: Work): Pick<PrepareContext<unknown>, 'blocks'> =>
  existsSync(paths.blocks) ? { blocks: keptBlocks(paths.blocks, blocksFromWorkers(work)) } : {};

export async function prepare(run: Run, work: Work): Promise<void> {
  const { paths, domain, status } = run;
  const parts = await withPartWriters(paths.prepared, (partContext) => {
    const context = { ...stageContext(run, 'prepare', work), ...partContext, ...blocksOf(run, work) };
    return status.source === null
      ? domain.simulate(context)
      : domain.open(status.source, { ...context, purpose: 'training' });
  });
  if (Object.keys(parts).length === 0) throw new RangeError(`${domain.name} prepared no part`);
  await mkdir(paths.prepared, { recursive: true });
  const record: DataRecord = { parts: {} };
  for (const [name, part] of Object.entries(parts)) {
    record.parts[name] =
      part instanceof StoredDataset
        ? describeStored(part, paths.root)
        : describePart(part, await keepPart(paths, name, part));
  }
  await writeJson(paths.data, record);
  run.parts = parts;
  work.log(counted(parts));
}

async function requireUnchanged(root: string, { prepared, stored }: PartRecord): Promise<void> {
  for (const file of [...(prepared ? [prepared] : []), ...Object.values(stored?.files ?? {})]) {
    const path = join(root, file.path);
    if ((await hashFile(path)) === file.sha256) continue;
    throw new UserError({ what: 'changed since the run prepared it', where: path, how: 'start a new run' });
  }
}

/**
 * The prepared data of a run: from memory, else from its Arrow files, whose hashes are checked.
 * @throws UserError when a file was changed since it was prepared
 */
export async function preparedParts(run: Run): Promise<Parts<AnyPart>> {
  if (run.parts) return run.parts;
  const { root } = run.paths;
  const record = await readJson(run.paths.data, dataRecordSchema, 'start a new run');
  const parts: Record<string, AnyPart> = {};
  for (const [name, part] of Object.entries(record.parts)) {
    await requireUnchanged(root, part);
    parts[name] = part.stored ? storedPart(part, root) : await readDataset(join(root, preparedFile(name)));
  }
  run.parts = parts;
  return parts;
}
