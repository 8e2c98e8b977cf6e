// One file that somebody sent, answered: by a file where one is asked for, by JSON otherwise. The file lies in a folder that the
// server made; no name from a request is a path here.
import { basename } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { silent } from '../../core/progress.ts';
import { nearest } from '../../core/suggest.ts';
import { UnpacksTooMuch } from '../../data-adapters/tables/unpacked/unpacked-bytes.ts';
import type { EvaluateContext, FilePredictions, TablePrediction } from '../../domains/domain.ts';
import { keysAt } from '../../pipelines/config/config-keys.ts';
import { parseYaml } from '../../pipelines/config/parse-yaml.ts';
import { fileOptions } from '../../pipelines/stages/file-options.ts';
import { predictEach } from '../../pipelines/stages/predict.ts';
import { stageContext } from '../../pipelines/stages/work.ts';
import type { PredictionEntry, Predictions } from '../schemas/predictions.ts';
import { checkExpansion } from '../uploads/check-expansion.ts';
import type { ServedRun } from './open-runs.ts';
import { entryOf, mostShown, predictionsBody } from './predict-items.ts';
import type { FileTask } from './task.ts';

/** Rows of a table that are answered as JSON; more are answered by a file. */
const mostJsonRows = 10_000;

export interface FileAnswer {
  readonly body: Predictions;
  readonly written: boolean;
}

/** @throws UserError for a parameter that the domain does not know, or a value that it does not take */
function optionsOf({ domain }: ServedRun, given: Readonly<Record<string, string>>): unknown {
  const schema = domain.predict.files?.options;
  const known = schema === undefined ? [] : keysAt(schema, []);
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    const near = nearest(unknown, known);
    throw new UserError({
      what: `no parameter ${JSON.stringify(unknown)}`,
      how:
        near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${known.join(', ') || 'none'}`,
    });
  }
  const values = Object.entries(given).map(([key, text]) => [
    key,
    parseYaml(text, key, 'give a plain value'),
  ]);
  return fileOptions(domain, Object.fromEntries(values), {
    nameOf: (key) => key,
    how: '/api/domains has the schema',
  });
}

async function byFile(
  served: ServedRun,
  files: FilePredictions<unknown>,
  { path, out, options, version, panels: shown }: FileTask,
  context: EvaluateContext<unknown>,
): Promise<FileAnswer> {
  const answered = await files.answer(path, out, optionsOf(served, options), context);
  const { answer, text, warnings } = answered;
  const panels = shown ? await answered.panels?.() : undefined;
  const entry: PredictionEntry = {
    index: 0,
    answer,
    text,
    warnings: [...warnings],
    ...(panels === undefined ? {} : { panels }),
  };
  return { body: predictionsBody(served, version, [entry]), written: out !== undefined };
}

async function byTable(
  served: ServedRun,
  table: TablePrediction<unknown>,
  { path, out, options, version, panels: shown }: FileTask,
  context: EvaluateContext<unknown>,
): Promise<FileAnswer> {
  optionsOf(served, options);
  const scored = await table.score(path, out, context, mostJsonRows + 1);
  if (out !== undefined) return { body: predictionsBody(served, version, []), written: true };
  const { preview, previewRows = [], rejections = [] } = scored;
  const answered = previewRows.map((row, i) => ({
    row,
    answer: Object.fromEntries(Object.entries(preview).map(([name, values]) => [name, values[i]])),
  }));
  const all = [...answered, ...rejections.map(({ row, what }) => ({ row, error: what }))];
  all.sort((a, b) => a.row - b.row);
  const entries = all.slice(0, mostJsonRows).map((entry, index) => ({ index, ...entry }));
  const body = predictionsBody(served, version, entries);
  const panels = shown ? table.show?.(scored, served.config, await served.evaluation()) : undefined;
  return {
    body: { ...body, ...(panels === undefined ? {} : { panels }), more: all.length > entries.length },
    written: false,
  };
}

async function byItems(
  served: ServedRun,
  { path, options, version, panels: shown }: FileTask,
): Promise<FileAnswer> {
  optionsOf(served, options);
  const { domain, config, models } = served;
  const showing = shown
    ? { wants: (i: number) => i < mostShown, evaluation: await served.evaluation() }
    : undefined;
  const outcomes = await predictEach(domain, config, models, await domain.predict.read(path), showing);
  const entries = outcomes.map((outcome, index) => entryOf(served, outcome, index));
  return { body: predictionsBody(served, version, entries), written: false };
}

/** Every text of `value` with the server's name of the file taken out for the person's. */
function renamed(value: unknown, ours: string, theirs: string): unknown {
  if (typeof value === 'string') return value.replaceAll(ours, theirs);
  if (Array.isArray(value)) {
    return typeof value[0] === 'number' ? value : value.map((each) => renamed(each, ours, theirs));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, renamed(own, ours, theirs)]));
}

/** @throws UserError when the file cannot be read or answered, in the words of the person who sent it */
export async function predictFile(
  served: ServedRun,
  task: FileTask,
  signal: AbortSignal,
): Promise<FileAnswer> {
  const { domain, models, run } = served;
  const { path, name } = task;
  const { files, table } = domain.predict;
  const work = {
    device: 'cpu',
    threads: 1,
    progress: silent,
    signal,
    log: () => {},
    openModels: async () => models,
  };
  const context = { ...stageContext(run, 'predict', work), models };
  const answer = (): Promise<FileAnswer> => {
    if (files?.accepts(path)) return byFile(served, files, task, context);
    if (table?.accepts(path)) return byTable(served, table, task, context);
    return byItems(served, task);
  };
  try {
    await checkExpansion(path, { name, most: task.mostUnpacked, signal });
    const { body, written } = await answer();
    return { body: renamed(body, basename(path), name) as Predictions, written };
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof UnpacksTooMuch) throw error;
    const { what, where, how } = error;
    const plain = (text: string | undefined): string | undefined =>
      text?.replaceAll(path, name).replaceAll(basename(path), name);
    throw new UserError({ what: plain(what)!, where: plain(where), how: plain(how), cause: error });
  }
}
