// A table with predictions as further columns, every column of it kept as it stands, in bounded memory.
import { dirname, join, parse } from 'node:path';
import { AtomicFile } from '../../core/files/atomic-file.ts';
import { requireColumns } from '../../data-adapters/own-table/read-rows.ts';
import { rowEncoder } from '../../data-adapters/own-table/row-codes.ts';
import { featuresOf } from '../../data-adapters/own-table/schema.ts';
import { type CellTable, looksLikeTable, type UnevenRow } from '../../data-adapters/tables/cell-table.ts';
import { RejectedRows } from '../../data-adapters/tables/index.ts';
import { csvField } from '../../data-adapters/tables/write/csv-field.ts';
import type { EvaluateContext, ScoredTable, TablePrediction } from '../domain.ts';
import type { OwnTableConfig } from './config.ts';
import { runNetwork } from './evaluation/scores.ts';
import { factsOf, type TableFacts } from './networks/facts.ts';
import { openOwnTable } from './open.ts';

/** Rows shown where nothing is written. */
const usuallyShown = 50;

/** Columns that are added: the class and the probability of each, or the number. */
function addedColumns({ task, classes }: TableFacts, own: readonly string[]): string[] {
  const free = (name: string): string => (own.includes(name) ? free(`${name}_`) : name);
  return (
    task === 'regression' ? ['prediction'] : ['prediction', ...classes.map((word) => `P(${word})`)]
  ).map(free);
}

/** The cells of the added columns, row by row. */
function addedCells({ task, classes }: TableFacts, answers: Float32Array): string[][] {
  const width = task === 'regression' ? 1 : classes.length;
  return Array.from({ length: answers.length / width }, (_, row) => {
    const own = Array.from(answers.subarray(row * width, (row + 1) * width));
    const numbers = own.map((value) => String(Number(value.toPrecision(6))));
    return task === 'regression' ? numbers : [classes[own.indexOf(Math.max(...own))], ...numbers];
  });
}

const rejectedPathOf = (out: string): string => join(dirname(out), `${parse(out).name}.rejected.csv`);

const rejection = ({ row, cells }: UnevenRow, columns: number) => ({
  row,
  what: `has ${cells} cells, expected ${columns}`,
});

/** What the rows of a block are told. */
async function answersOf(
  rows: readonly (readonly string[])[],
  table: CellTable,
  facts: TableFacts,
  models: EvaluateContext<OwnTableConfig>['models'],
) {
  const { width, encode } = rowEncoder(facts, table.columns);
  const features = new Float32Array(rows.length * width);
  rows.forEach((cells, row) => {
    encode(cells, features, row * width);
  });
  return rows.length === 0 ? new Float32Array(0) : runNetwork('network', features, width, models);
}

/** Numbers of the first rows: probabilities, or the predicted number. */
function previewOf(
  facts: TableFacts,
  names: readonly string[],
  answers: Float32Array,
  shown: number,
): ScoredTable['preview'] {
  const width = facts.task === 'regression' ? 1 : facts.classes.length;
  const numeric = names.slice(names.length - width);
  const rows = Math.min(shown, answers.length / width);
  return Object.fromEntries(
    numeric.map((name, k) => [name, Array.from({ length: rows }, (_, row) => answers[row * width + k])]),
  );
}

export const predictTable: TablePrediction<OwnTableConfig> = {
  accepts: looksLikeTable,
  endings: ['.csv', '.tsv'],
  async score(path, out, { models, config, progress, signal }, shown = usuallyShown): Promise<ScoredTable> {
    const facts = factsOf(await models.metadata('network'));
    const table = await openOwnTable(path, config);
    requireColumns(
      featuresOf(facts).map(({ name }) => name),
      table.columns,
      path,
    );
    const names = addedColumns(facts, table.columns);
    if (out === undefined) {
      for await (const { rows, uneven } of table.blocks(signal)) {
        const answers = await answersOf(rows.slice(0, shown), table, facts, models);
        const count = Math.min(shown, rows.length);
        return {
          rows: count,
          rejected: uneven.length,
          leftOut: [],
          preview: previewOf(facts, names, answers, shown),
          previewRows: Array.from({ length: count }, (_, i) => i + 1),
          rejections: uneven.map((row) => rejection(row, table.columns.length)),
        };
      }
      return {
        rows: 0,
        rejected: 0,
        leftOut: [],
        preview: previewOf(facts, names, new Float32Array(0), shown),
      };
    }
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
      await file.write(Buffer.from(`${line([...table.columns, ...names])}\n`));
      for await (const block of table.blocks(signal)) {
        const answers = await answersOf(block.rows, table, facts, models);
        const added = addedCells(facts, answers);
        const text = block.rows.map((cells, row) => `${line([...cells, ...added[row]])}\n`).join('');
        if (text !== '') await file.write(Buffer.from(text));
        await rejected.add(
          block.uneven.map((row) => ({ ...rejection(row, table.columns.length), text: '' })),
        );
        preview ??= previewOf(facts, names, answers, shown);
        rows += block.rows.length;
        bar.advance(block.done - done);
        done = block.done;
      }
      bar.end();
      await file.commit();
    } catch (error) {
      await file.discard();
      throw error;
    } finally {
      await rejected.finish();
    }
    return {
      rows,
      rejected: rejected.count,
      ...(rejected.count > 0 ? { rejectedPath } : {}),
      leftOut: [],
      preview: preview ?? {},
    };
  },
};
