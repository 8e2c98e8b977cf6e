// Makes one run of several: each of their networks averaged into one file, the data of the first, and a record of the members. What is
// left, to evaluate and report, is done as for any run.
import { constants, existsSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { MergeError } from '../../core/engine/average-models.ts';
import { UserError } from '../../core/errors.ts';
import type { EnsembleRule } from '../../domains/ensemble.ts';
import { writeConfig } from '../config/config-file.ts';
import { createRun } from '../run-directory/create-run.ts';
import { describeEnvironment } from '../run-directory/environment.ts';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import type { RunLayout } from '../run-directory/layout.ts';
import { modelIds, onnxPath, saveModel, writePrimaryModel } from '../run-directory/model-store.ts';
import { resultsSchema } from '../run-directory/results.ts';
import { writeStatus } from '../run-directory/run-status.ts';
import type { Run } from '../stages/run.ts';
import type { Work } from '../stages/work.ts';
import type { EnsembleMember, EnsembleRecord } from './ensemble-record.ts';
import { mergeFiles } from './merge-files.ts';

export interface EnsembleChoice {
  /** Members, checked; the first gives settings and data. */
  readonly runs: readonly Run[];
  readonly objectives: readonly (number | undefined)[];
  readonly rule: EnsembleRule;
  readonly words: readonly string[];
  readonly out?: string;
}

async function mergeNetwork(id: string, runs: readonly Run[], rule: EnsembleRule): Promise<Uint8Array> {
  const files: Uint8Array[] = [];
  for (const { paths } of runs) files.push(await readFile(onnxPath(paths, id)));
  try {
    return mergeFiles(files, rule);
  } catch (cause) {
    if (!(cause instanceof MergeError)) throw cause;
    const where = `network ${id} of ${runs[0].paths.root} and the others`;
    throw new UserError({ what: cause.message, where, how: 'take runs whose networks answer alike', cause });
  }
}

/** @throws UserError unless all have the same networks */
async function sharedIds(runs: readonly Run[]): Promise<string[]> {
  const [first, ...others] = runs;
  const ids = await modelIds(first.paths);
  for (const { paths } of others) {
    const own = await modelIds(paths);
    if (own.join() === ids.join()) continue;
    throw new UserError({
      what: `their networks differ: ${ids.join(', ')}, and ${own.join(', ')}`,
      where: `${first.paths.root} and ${paths.root}`,
      how: 'take runs with the same networks',
    });
  }
  return ids;
}

async function memberOf({ paths, status }: Run, objective: number | undefined): Promise<EnsembleMember> {
  const { seed, preset } = status;
  const results = existsSync(paths.results)
    ? await readJson(paths.results, resultsSchema, 'evaluate the run again')
    : undefined;
  const figure = results?.figures.at(0);
  return {
    run: resolve(paths.root),
    ...{ seed, preset },
    ...(objective !== undefined && { objective }),
    ...(figure && { figure: { label: figure.label, value: figure.value } }),
  };
}

async function fill(paths: RunLayout, choice: EnsembleChoice, work: Work): Promise<Run> {
  const { runs, objectives, rule, words } = choice;
  const [first] = runs;
  const { domain, config, status } = first;
  const ids = await sharedIds(runs);
  const bar = work.progress.task('averaging', ids.length, 'networks');
  for (const id of ids) {
    work.signal.throwIfAborted();
    await saveModel(paths, id, { onnx: await mergeNetwork(id, runs, rule) });
    bar.advance();
  }
  bar.end();
  await writePrimaryModel(paths, domain.primaryModel(ids));
  for (const path of [first.paths.prepared, first.paths.data]) {
    const mode = constants.COPYFILE_FICLONE;
    await cp(path, join(paths.root, basename(path)), { recursive: true, mode });
  }
  const members: EnsembleMember[] = [];
  for (const [i, run] of runs.entries()) members.push(await memberOf(run, objectives[i]));
  const record: EnsembleRecord = { version: 1, words: [...words], members };
  await writeJson(paths.ensemble, record);
  await writeConfig(paths.config, domain, config);
  await writeJson(paths.environment, describeEnvironment(work.device, work.threads));
  const train = runs.reduce((sum, run) => sum + (run.status.seconds.train ?? 0), 0);
  const now = new Date().toISOString();
  const own = {
    ...status,
    device: work.device,
    threads: work.threads,
    created: now,
    finished: { prepare: status.finished.prepare ?? now, train: now },
    seconds: { prepare: status.seconds.prepare ?? 0, train },
  };
  await writeStatus(paths, own);
  return { paths, domain, config, status: own };
}

/** A run that is trained, and no more. @throws UserError when the networks do not go together; nothing is left then */
export async function makeEnsemble(choice: EnsembleChoice, work: Work): Promise<Run> {
  const { domain, status } = choice.runs[0];
  const paths = await createRun({ domain: domain.name, seed: status.seed, out: choice.out });
  try {
    return await fill(paths, choice, work);
  } catch (error) {
    await rm(paths.root, { recursive: true, force: true });
    throw error;
  }
}
