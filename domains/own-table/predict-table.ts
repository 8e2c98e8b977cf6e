// A table with predictions as further columns, every column of it kept as it stands, in bounded memory.
import { AtomicFile } from '../../core/files/atomic-file.ts';
import { requireColumns } from '../../data-adapters/own-table/read-rows.ts';
import { featuresOf } from '../../data-adapters/own-table/schema.ts';
import type { CellTable, UnevenRow } from '../../data-adapters/tables/cell-table.ts';
import { RejectedRows, rejectedPathOf } from '../../data-adapters/tables/rejected-rows.ts';
import { shardOfCells } from '../../data-adapters/tables/shard.ts';
import { isNoJson } from '../../data-adapters/tables/table-endings.ts';
import { csvField } from '../../data-adapters/tables/write/csv-field.ts';
import type { EvaluateContext, ScoredTable, TablePrediction } from '../domain.ts';
import { memberCount } from '../ensemble.ts';
import { type RowAnswers, rowAnswers } from './answer-rows.ts';
import type { OwnTableConfig } from './config.ts';
import { factsOf } from './networks/facts.ts';
import { openOwnTable } from './open.ts';

/** Rows shown. */
const usuallyShown = 50;

const rejection = ({ row, cells }: UnevenRow, columns: number): { row: number; what: string } => ({
  row,
  what: `has ${cells} cells, expected ${columns}`,
});

/** Numbers of the first rows, by column: probabilities, or the predicted number. */
function previewOf(
  { names, width }: RowAnswers,
  answers: Float32Array,
  most: number,
): ScoredTable['preview'] {
  const rows = Math.min(most, answers.length / width);
  return Object.fromEntries(
    names
      .slice(-width)
      .map((name, k) => [name, Array.from({ length: rows }, (_, row) => answers[row * width + k])]),
  );
}

/** The first rows, and what was rejected among them. */
async function previewTable(
  table: CellTable,
  answers: RowAnswers,
  most: number,
  signal: AbortSignal,
): Promise<ScoredTable> {
  const rows: (readonly string[])[] = [];
  const previewRows: number[] = [];
  const rejections: { row: number; what: string }[] = [];
  let row = 0;
  for await (const block of table.blocks(signal)) {
    const uneven = new Map(block.uneven.map((each) => [each.row, each]));
    const good = block.rows.values();
    for (let left = block.rows.length + uneven.size; left > 0 && rows.length < most; left--) {
      const bad = uneven.get(++row);
      if (bad === undefined) {
        rows.push(good.next().value!);
        previewRows.push(row);
      } else rejections.push(rejection(bad, table.columns.length));
    }
    if (rows.length === most) break;
  }
  const preview = previewOf(answers, await answers.ask(rows), most);
  return { rows: rows.length, rejected: rejections.length, leftOut: [], preview, previewRows, rejections };
}

async function writeTable(
  table: CellTable,
  answers: RowAnswers,
  out: string,
  { progress, signal }: Pick<EvaluateContext<OwnTableConfig>, 'progress' | 'signal'>,
): Promise<ScoredTable> {
  const delimiter = /\.tsv$/i.test(out) ? '\t' : ',';
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell) => (delimiter === ',' ? csvField(cell) : cell.replace(/[\t\r\n]+/g, ' ')))
      .join(delimiter);
  const file = await AtomicFile.open(out);
  const rejectedPath = rejectedPathOf(out);
  const rejected = new RejectedRows(rejectedPath);
  const bar = progress.task(`Predicting ${table.name}`, table.size, table.unit);
  let [rows, done] = [0, 0];
  let preview: ScoredTable['preview'] | undefined;
  try {
    await file.write(Buffer.from(`${line([...table.columns, ...answers.names])}\n`));
    for await (const block of table.blocks(signal)) {
      const numbers = await answers.ask(block.rows);
      const added = answers.cells(numbers);
      const text = block.rows.map((cells, row) => `${line([...cells, ...added[row]])}\n`).join('');
      if (text !== '') await file.write(Buffer.from(text));
      await rejected.add(block.uneven.map((row) => ({ ...rejection(row, table.columns.length), text: '' })));
      if (rows === 0) preview = previewOf(answers, numbers, usuallyShown);
      rows += block.rows.length;
      bar.advance(block.done - done);
      done = block.done;
    }
    await file.commit();
  } catch (error) {
    await file.discard();
    throw error;
  } finally {
    bar.end();
    await rejected.finish();
  }
  return {
    rows,
    rejected: rejected.count,
    ...(rejected.count > 0 ? { rejectedPath } : {}),
    leftOut: [],
    preview: preview ?? {},
  };
}

export const predictTable: TablePrediction<OwnTableConfig> = {
  accepts: isNoJson,
  endings: ['.csv', '.tsv'],
  shards: true,
  async score(path, out, context, shown = usuallyShown, shard): Promise<ScoredTable> {
    const { models, config, signal } = context;
    const metadata = await models.metadata('network');
    const facts = factsOf(metadata);
    const whole = await openOwnTable(path, config);
    const table = shard === undefined ? whole : shardOfCells(whole, shard);
    requireColumns(
      featuresOf(facts).map(({ name }) => name),
      table.columns,
      path,
    );
    const answers = rowAnswers(facts, table.columns, models, memberCount(metadata) > 1);
    return out === undefined
      ? previewTable(table, answers, shown, signal)
      : writeTable(table, answers, out, context);
  },
};
