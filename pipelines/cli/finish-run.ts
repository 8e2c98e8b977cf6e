// Does what is left of a run and shows what came out: the way that run, prepare, train and resume all end.
import { durationText } from '../format/number-text.ts';
import { resultsTable } from '../format/results-table.ts';
import { withMlflow } from '../mlflow/with-mlflow.ts';
import { readJson } from '../run-directory/json-file.ts';
import { resultsSchema } from '../run-directory/results.ts';
import type { StageName } from '../run-directory/run-status.ts';
import type { Run } from '../stages/run.ts';
import { runStages, upTo } from '../stages/run-stages.ts';
import type { Work } from '../stages/work.ts';
import type { CliContext } from './context.ts';

/** Shows the results of a finished run: the table, where the run is, and the JSON when asked for. */
export async function showResults(cli: CliContext, { paths }: Run, json = false): Promise<void> {
  const results = await readJson(paths.results, resultsSchema, 'evaluate the run again');
  cli.show(`\n${resultsTable(results.figures)}\n`, { json });
  cli.show(
    `run      ${paths.root}\nreport   ${paths.report}\ntime     ${durationText(results.wallSeconds)}\n`,
    { json },
  );
  if (json) cli.showJson(results);
}

/** Does the stages up to `last` that are not done; remembers the run for the line that tells how to resume. */
export async function finishRun(
  cli: CliContext,
  run: Run,
  last: StageName,
  work: Work,
  { json }: { readonly json?: boolean },
): Promise<void> {
  cli.interrupted = cli.wordsOf(run.paths.root);
  await withMlflow(run, work, process.env, () => runStages(run, upTo(last), work));
  if (last === 'report') return showResults(cli, run, json);
  const next = `go on with: npx deepfield resume ${cli.interrupted}\n`;
  cli.show(`run      ${run.paths.root}\n${next}`, { json });
  if (json) cli.showJson({ run: run.paths.root, ...run.status });
}
