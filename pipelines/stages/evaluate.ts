// Evaluate: the figures of a run's networks, on its own test splits or on other data, beside the paper's and the
// baselines'.
import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { Evaluation } from '../../domains/domain.ts';
import { describePart, describeStored, type PartRecord } from '../run-directory/data-record.ts';
import { writeJson } from '../run-directory/json-file.ts';
import { makeResults, type Results } from '../run-directory/results.ts';
import { withPartWriters } from './part-writers.ts';
import { preparedParts } from './prepare.ts';
import { type AnyPart, type Run, requireStage } from './run.ts';
import { stageContext, type Work } from './work.ts';

async function evaluation(run: Run, parts: Parts<AnyPart>, work: Work): Promise<Evaluation> {
  const models = await work.openModels(run.paths, work.device);
  return run.domain.evaluate(parts, { ...stageContext(run, 'evaluate', work), models });
}

/** Evaluates on the run's own data and writes evaluation.json. results.json follows when the time is known. */
export async function evaluate(run: Run, work: Work): Promise<void> {
  requireStage(run, 'train');
  const result = await evaluation(run, await preparedParts(run), work);
  makeResults(run.status, { device: work.device, wallSeconds: 0 }, result.figures);
  await writeJson(run.paths.evaluation, result);
}

/** `2026-01-31T12:05:09.123Z` as `20260131T120509123Z`. */
const stamp = (time: Date): string => time.toISOString().replace(/[-:.]/g, '');

async function newFolder(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const folder = join(parent, `${stamp(new Date())}${attempt === 1 ? '' : `-${attempt}`}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/**
 * Evaluates the run's networks on other data, every row of which counts as test, into a new folder
 * `evaluations/<time>/`. The run's own results stay.
 *
 * @returns the results and the folder that holds them
 */
export async function evaluateOn(
  run: Run,
  source: string,
  work: Work,
): Promise<{ results: Results; folder: string }> {
  requireStage(run, 'train');
  const folder = await newFolder(run.paths.evaluations);
  try {
    const results = await evaluateIn(folder, run, source, work);
    // Parts on disk are needed no longer; rows that were rejected stay for the user.
    const written = await readdir(folder);
    for (const name of written.filter((file) => file.endsWith('.arrow'))) await rm(join(folder, name));
    return { results, folder };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    await rmdir(run.paths.evaluations).catch(() => {});
    throw error;
  }
}

function describe(part: AnyPart): PartRecord {
  if (!(part instanceof StoredDataset)) return describePart(part);
  const { stored: _, ...record } = describeStored(part, '');
  return record;
}

async function evaluateIn(folder: string, run: Run, source: string, work: Work): Promise<Results> {
  const begun = performance.now();
  const context = stageContext(run, 'open', work);
  const parts: Parts<AnyPart> = await withPartWriters(folder, (partContext) =>
    run.domain.open(source, { ...context, ...partContext, purpose: 'evaluation' }),
  );
  if (Object.values(parts).every(({ splits }) => splits.test.length === 0)) {
    throw new UserError({ what: 'no rows to evaluate', where: source, how: 'name files that hold some' });
  }
  const result = await evaluation(run, parts, work);
  const wallSeconds = (performance.now() - begun) / 1000;
  const results = makeResults(run.status, { device: work.device, wallSeconds }, result.figures);
  const described = Object.entries(parts).map(([name, part]) => [name, describe(part)]);
  await writeJson(join(folder, 'data.json'), { parts: Object.fromEntries(described) });
  await writeJson(join(folder, 'evaluation.json'), result);
  await writeJson(join(folder, 'results.json'), results);
  return results;
}
