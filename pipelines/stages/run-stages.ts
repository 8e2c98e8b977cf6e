// Does the stages of a run that are not done yet, one after another, under the run's lock, and keeps account of them
// in status.json, so that a run killed at any moment goes on where it was.
import { rm } from 'node:fs/promises';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import { evaluationSchema, makeResults } from '../run-directory/results.ts';
import { resumeWords } from '../run-directory/resume-words.ts';
import { lockRun } from '../run-directory/run-lock.ts';
import {
  type RunStatus,
  readStatus,
  type StageName,
  stageNames,
  wallSeconds,
  writeStatus,
} from '../run-directory/run-status.ts';
import type { Run } from './run.ts';
import type { Work } from './work.ts';

type Stage = (run: Run, work: Work) => Promise<void>;

/** Loaded one by one: a report needs no tensors, and preparing needs no plots. */
const stages: Readonly<Record<StageName, () => Promise<Stage>>> = {
  prepare: async () => (await import('./prepare.ts')).prepare,
  train: async () => (await import('./train.ts')).train,
  evaluate: async () => (await import('./evaluate.ts')).evaluate,
  report: async () => (await import('../report/write-report.ts')).writeReport,
};

/** The stages up to and including one. */
export const upTo = (last: StageName): StageName[] => stageNames.slice(0, stageNames.indexOf(last) + 1);

async function writeResults({ paths, status }: Run, device: string): Promise<void> {
  const { figures } = await readJson(paths.evaluation, evaluationSchema, 'evaluate the run again');
  await writeJson(paths.results, makeResults(status, { device, wallSeconds: wallSeconds(status) }, figures));
}

/** The status when a stage begins: it and the stages after it are not done. */
function begun({ status }: Run, name: StageName): RunStatus {
  const [finished, seconds] = [{ ...status.finished }, { ...status.seconds }];
  if (finished[name] !== undefined) seconds[name] = 0;
  for (const later of stageNames.slice(stageNames.indexOf(name))) delete finished[later];
  return { ...status, finished, seconds };
}

async function runStage(run: Run, name: StageName, work: Work): Promise<void> {
  const stage = await stages[name]();
  work.signal.throwIfAborted();
  const before = begun(run, name);
  const start = performance.now();
  const account = (): RunStatus => {
    const seconds = (before.seconds[name] ?? 0) + (performance.now() - start) / 1000;
    return { ...before, seconds: { ...before.seconds, [name]: seconds } };
  };
  try {
    await stage(run, work);
  } catch (error) {
    run.status = account();
    // A disk too full for the account must not hide what went wrong.
    await writeStatus(run.paths, run.status).catch(() => {});
    if (name !== 'prepare' && !work.signal.aborted) {
      work.log(`${name} failed; when that is mended, go on with: npx ${resumeWords(run)}`);
    }
    throw error;
  }
  const status = account();
  run.status = { ...status, finished: { ...status.finished, [name]: new Date().toISOString() } };
  if (name === 'evaluate') await writeResults(run, work.device);
  await writeStatus(run.paths, run.status);
}

/**
 * Does the named stages of a run in the order given.
 *
 * @param options.again does them also when they are done
 * @throws UserError when another process writes to the run; the signal's reason when it was stopped
 */
export async function runStages(
  run: Run,
  names: readonly StageName[],
  work: Work,
  { again = false }: { readonly again?: boolean } = {},
): Promise<void> {
  const lock = lockRun(run.paths);
  try {
    // Another process may have finished a stage since this one read the status.
    run.status = await readStatus(run.paths);
    for (const name of names) {
      if (again || run.status.finished[name] === undefined) await runStage(run, name, work);
      // Not before the status says that nobody needs them.
      if (name === 'prepare') await rm(run.paths.blocks, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
}
