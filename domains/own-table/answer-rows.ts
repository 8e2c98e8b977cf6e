// What the network says of rows of cells, as numbers and as the columns that a table of answers has besides its own.
import { rowEncoder } from '../../data-adapters/own-table/row-codes.ts';
import type { Models } from '../domain.ts';
import { runNetwork } from './evaluation/scores.ts';
import type { TableFacts } from './networks/facts.ts';

export interface RowAnswers {
  /** Names of the columns: the class and the probability of each, or the number; none of them a name of the table's. */
  readonly names: readonly string[];
  /** Numbers in one answer: a probability for each class, or one. They are the last of the columns. */
  readonly width: number;
  /** Answers for rows, one after another. */
  ask(rows: readonly (readonly string[])[]): Promise<Float32Array>;
  /** The cells of the columns, row by row. */
  cells(answers: Float32Array): string[][];
}

/** @param columns of the table that the rows are of; those of the features are among them */
export function rowAnswers(facts: TableFacts, columns: readonly string[], models: Models): RowAnswers {
  const { task, classes } = facts;
  const free = (name: string): string => (columns.includes(name) ? free(`${name}_`) : name);
  const names = ['prediction', ...(task === 'regression' ? [] : classes.map((word) => `P(${word})`))];
  const width = task === 'regression' ? 1 : classes.length;
  const encoder = rowEncoder(facts, columns);
  return {
    names: names.map(free),
    width,
    async ask(rows) {
      const features = new Float32Array(rows.length * encoder.width);
      rows.forEach((cells, row) => {
        encoder.encode(cells, features, row * encoder.width);
      });
      return rows.length === 0 ? new Float32Array(0) : runNetwork('network', features, encoder.width, models);
    },
    cells(answers) {
      return Array.from({ length: answers.length / width }, (_, row) => {
        const own = Array.from(answers.subarray(row * width, (row + 1) * width));
        const numbers = own.map((value) => String(Number(value.toPrecision(6))));
        return task === 'regression' ? numbers : [classes[own.indexOf(Math.max(...own))], ...numbers];
      });
    },
  };
}
