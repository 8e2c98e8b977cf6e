// deepfield predict for domains whose items are rows of tables: a table with scores, or its first rows in the terminal.
import { extname } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import type { EvaluateContext, ScoredTable, TablePrediction } from '../../../domains/domain.ts';
import { countText } from '../../format/number-text.ts';
import { textTable } from '../../format/text-table.ts';
import type { CliContext } from '../context.ts';

export interface PredictTablesOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** @throws UserError for a file that the domain does not write, or several tables for one file */
export function checkOut(
  { endings }: TablePrediction<unknown>,
  files: readonly string[],
  out: string | undefined,
): void {
  if (out === undefined) return;
  if (!endings.includes(extname(out).toLowerCase())) {
    throw new UserError({
      what: 'unknown kind of table',
      where: `--out ${out}`,
      how: `end its name with ${endings.join(' or ')}`,
    });
  }
  if (files.length > 1) {
    throw new UserError({
      what: 'several tables for one file',
      where: `--out ${out}`,
      how: 'give one at a time',
    });
  }
}

const shown = 10;

function previewText({ preview }: ScoredTable): string {
  const columns = Object.entries(preview);
  const rows = Math.min(shown, columns[0][1].length);
  const lines = Array.from({ length: rows }, (_, row) => [
    String(row + 1),
    ...columns.map(([, values]) => values[row].toPrecision(4)),
  ]);
  return textTable([['row', ...columns.map(([name]) => name)], ...lines], {
    right: columns.map((_, i) => i + 1),
  });
}

function tell(
  cli: CliContext,
  file: string,
  { rows, rejected, rejectedPath, leftOut }: ScoredTable,
  out?: string,
) {
  cli.log(
    out === undefined ? `${file}: the first ${countText(rows)} rows` : `${countText(rows)} rows in ${out}`,
  );
  if (leftOut.length > 0) cli.log(`left out, being no numbers: ${leftOut.join(', ')}`);
  if (rejected > 0) {
    cli.log(
      `${countText(rejected)} rows could not be answered${rejectedPath ? `, listed in ${rejectedPath}` : ''}`,
    );
  }
}

export async function predictTables(
  cli: CliContext,
  tables: TablePrediction<unknown>,
  files: readonly string[],
  { out, json }: PredictTablesOptions,
  context: EvaluateContext<unknown>,
): Promise<void> {
  const answers: (ScoredTable & { file: string })[] = [];
  for (const file of files) {
    const scored = await tables.score(file, out, context);
    tell(cli, file, scored, out);
    cli.show(previewText(scored), { json });
    answers.push({ file, ...scored });
  }
  if (json) cli.showJson({ tables: answers, ...(out === undefined ? {} : { out }) });
}
