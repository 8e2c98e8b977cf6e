// Prepare: simulates the data or opens somebody's files, and keeps them as prepared/<part>.arrow with their record in
// data.json.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { type Dataset, type Parts, type SourceFile, splitNames } from '../../data-adapters/dataset.ts';
import { readDataset, writeDataset } from '../../data-adapters/formats/arrow.ts';
import { type DataRecord, dataRecordSchema, describePart } from '../run-directory/data-record.ts';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import { fileStem, type RunLayout } from '../run-directory/layout.ts';
import type { Run } from './run.ts';
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

const counted = (parts: Parts): string =>
  Object.entries(parts)
    .map(([name, { rows, splits }]) => {
      const bySplit = splitNames.map((split) => `${splits[split].length} ${split}`).join(', ');
      return `${name}: ${rows} rows (${bySplit})`;
    })
    .join('; ');

export async function prepare(run: Run, work: Work): Promise<void> {
  const { paths, domain, status } = run;
  const context = stageContext(run, 'prepare', work);
  const parts =
    status.source === null
      ? await domain.simulate(context)
      : await domain.open(status.source, { ...context, purpose: 'training' });
  if (Object.keys(parts).length === 0) throw new RangeError(`${domain.name} prepared no part`);
  await mkdir(paths.prepared, { recursive: true });
  const record: DataRecord = { parts: {} };
  for (const [name, dataset] of Object.entries(parts)) {
    record.parts[name] = describePart(dataset, await keepPart(paths, name, dataset));
  }
  await writeJson(paths.data, record);
  run.parts = parts;
  work.log(counted(parts));
}

/**
 * The prepared data of a run: from memory, else from its Arrow files, whose hashes are checked.
 * @throws UserError when a file was changed since it was prepared
 */
export async function preparedParts(run: Run): Promise<Parts> {
  if (run.parts) return run.parts;
  const record = await readJson(run.paths.data, dataRecordSchema, 'start a new run');
  const parts: Record<string, Dataset> = {};
  for (const [name, { prepared }] of Object.entries(record.parts)) {
    const file = join(run.paths.root, preparedFile(name));
    if (prepared !== undefined && (await hashFile(file)) !== prepared.sha256) {
      throw new UserError({ what: 'changed since the run prepared it', where: file, how: 'start a new run' });
    }
    parts[name] = await readDataset(file);
  }
  run.parts = parts;
  return parts;
}
