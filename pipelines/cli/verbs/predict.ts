// deepfield predict: what the networks of a run say about files: a table in the terminal, or a .csv or .json file.
import { access, constants } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import Papa from 'papaparse';
import { UserError } from '../../../core/errors.ts';
import { writeFileAtomic } from '../../../core/files/atomic-write.ts';
import { writeError } from '../../../core/files/write-error.ts';
import { textTable } from '../../format/text-table.ts';
import { findRun } from '../../run-directory/find-run.ts';
import { type FilePrediction, predictFiles } from '../../stages/predict.ts';
import { openRun, requireStage } from '../../stages/run.ts';
import { stageContext } from '../../stages/work.ts';
import type { CliContext } from '../context.ts';
import { requireNoLauncher } from '../launcher.ts';
import { type WorkOptions, workOf } from '../work-of.ts';
import { predictIntoFiles } from './predict-files.ts';
import { type PredictInShardsOptions, predictInShards } from './predict-in-shards.ts';
import { checkOut, predictTables } from './predict-tables.ts';
import { predictionOptions, predictionSwitches, splitWords } from './prediction-options.ts';

export interface PredictOptions extends WorkOptions, PredictInShardsOptions {}

/** Rows shown in the terminal; a file holds them all. */
const mostShown = 50;

/** An answer's fields as cells; what is no plain value becomes JSON. */
function cells({ file, row, answer }: FilePrediction): Record<string, unknown> {
  const fields =
    typeof answer === 'object' && answer !== null ? Object.entries(answer) : [['answer', answer]];
  const flat = fields.map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  ]);
  return { file, row, ...Object.fromEntries(flat) };
}

const formats: Readonly<Record<string, (predictions: readonly FilePrediction[]) => string>> = {
  '.csv': (predictions) => `${Papa.unparse(predictions.map(cells), { newline: '\n' })}\n`,
  '.json': (predictions) =>
    `${JSON.stringify(
      predictions.map(({ file, row, answer }) => ({ file, row, answer })),
      null,
      2,
    )}\n`,
};

function formatOf(out: string): (predictions: readonly FilePrediction[]) => string {
  const format = formats[extname(out).toLowerCase()];
  if (format !== undefined) return format;
  throw new UserError({
    what: 'unknown kind of file',
    where: `--out ${out}`,
    how: 'end its name with .csv or .json',
  });
}

/** @throws UserError when the folder of a file is missing or may not be written */
async function requireWritable(path: string): Promise<void> {
  // With the slash a file is no folder.
  await access(`${dirname(path)}/`, constants.W_OK).catch((error) => {
    throw writeError(error, path);
  });
}

function table(predictions: readonly FilePrediction[]): string {
  const rows = predictions.slice(0, mostShown).map(({ file, row, text }) => [file, String(row), text]);
  const left = predictions.length - rows.length;
  const more = left > 0 ? `... and ${left} more; --out answers.csv keeps them all\n` : '';
  return rows.length > 0 ? textTable([['file', 'row', 'answer'], ...rows], { right: [1] }) + more : '';
}

/** Files that were asked about, those of folders among them. */
const predictedFiles = (
  answered: readonly FilePrediction[],
  failures: readonly { readonly file: string }[],
): number => new Set([...answered, ...failures].map(({ file }) => file)).size;

/** @throws UserError after all files were tried, when some failed */
export async function predict(
  cli: CliContext,
  name: string,
  words: readonly string[],
  options: PredictOptions,
): Promise<void> {
  if (options.out !== undefined) await requireWritable(options.out);
  const run = await openRun(await findRun(name), cli.registry);
  const { files, flags } = splitWords(words, predictionSwitches(run.domain.predict));
  if (files.length === 0) {
    throw new UserError({ what: 'no files to ask about', how: 'name them after the run' });
  }
  requireStage(run, 'train');
  const { table: tables, files: answers } = run.domain.predict;
  const own = predictionOptions(run.domain, flags);
  if (options.shards !== undefined) return predictInShards(cli, run, files, own, options);
  requireNoLauncher(options);
  if (answers !== undefined) {
    const work = await workOf(cli, { threads: run.status.threads, ...options });
    const models = await work.openModels(run.paths, work.device);
    return predictIntoFiles(cli, answers, files, own, options, {
      ...stageContext(run, 'predict', work),
      models,
    });
  }
  const inTables = tables !== undefined && files.every((file) => tables.accepts(file));
  if (inTables) checkOut(tables, files, options.out);
  const format = inTables || options.out === undefined ? undefined : formatOf(options.out);
  // Finished networks run on the processor: the card that trained them need not be here.
  const work = await workOf(cli, { threads: run.status.threads, ...options });
  const models = await work.openModels(run.paths, work.device);
  if (inTables) {
    return predictTables(cli, tables, files, options, { ...stageContext(run, 'predict', work), models });
  }
  const { predictions, failures } = await predictFiles(run.domain, run.config, models, files, work.signal);
  for (const { error } of failures) cli.log(`error: ${error.message}`);
  if (format !== undefined && options.out !== undefined && predictions.length > 0) {
    await writeFileAtomic(options.out, format(predictions));
    cli.log(`${predictions.length} answers in ${options.out}`);
  } else cli.show(table(predictions), options);
  if (options.json) {
    cli.showJson({
      predictions: predictions.map(({ file, row, answer }) => ({ file, row, answer })),
      failures: failures.map(({ file, error }) => ({ file, error: error.message })),
    });
  }
  if (failures.length > 0) {
    throw new UserError({
      what: `${failures.length} of ${predictedFiles(predictions, failures)} files failed`,
    });
  }
}
