// What the network says of rows of cells, as numbers and as the columns that a table of answers has besides its own.

import type { TensorData } from '../../core/engine/tensor-data.ts';
import { rowEncoder } from '../../data-adapters/own-table/row-codes.ts';
import type { Models } from '../domain.ts';
import { spreadOfOutput } from '../ensemble.ts';
import { runNetwork } from './evaluation/scores.ts';
import type { TableFacts } from './networks/facts.ts';
import { probabilityOutput, valueOutput } from './networks/names.ts';

export interface RowAnswers {
  /** Names of the columns: the class and the probability of each, or the number; none of them a name of the table's. */
  readonly names: readonly string[];
  /** Numbers in one answer: a probability for each class, or one; of an ensemble its spread too. They are the last of the columns. */
  readonly width: number;
  /** Answers for rows, one after another. */
  ask(rows: readonly (readonly string[])[]): Promise<Float32Array>;
  /** The cells of the columns, row by row. */
  cells(answers: Float32Array): string[][];
}

const likeliest = (probabilities: readonly number[]): number =>
  probabilities.indexOf(Math.max(...probabilities));

/** Each row's answer, and behind it the spread over an ensemble's members of the number or of the likeliest class. */
function withSpread(outputs: Readonly<Record<string, TensorData>>): Float32Array {
  const output = probabilityOutput in outputs ? probabilityOutput : valueOutput;
  const { data, shape } = outputs[output];
  const spread = spreadOfOutput(outputs, output);
  if (spread === undefined) return data as Float32Array;
  const width = data.length / shape[0];
  const all = new Float32Array(data.length + shape[0]);
  for (let row = 0; row < shape[0]; row++) {
    const own = Array.from(data.subarray(row * width, (row + 1) * width));
    all.set(own, row * (width + 1));
    all[row * (width + 1) + width] = spread[row * width + likeliest(own)];
  }
  return all;
}

/**
 * @param columns of the table that the rows are of; those of the features are among them
 * @param several whether the network is an ensemble
 */
export function rowAnswers(
  facts: TableFacts,
  columns: readonly string[],
  models: Models,
  several = false,
): RowAnswers {
  const { task, classes } = facts;
  const free = (name: string): string => (columns.includes(name) ? free(`${name}_`) : name);
  const names = [
    'prediction',
    ...(task === 'regression' ? [] : classes.map((word) => `P(${word})`)),
    ...(several ? ['spread'] : []),
  ];
  const outputs = task === 'regression' ? 1 : classes.length;
  const width = outputs + Number(several);
  const encoder = rowEncoder(facts, columns);
  return {
    names: names.map(free),
    width,
    async ask(rows) {
      const features = new Float32Array(rows.length * encoder.width);
      rows.forEach((cells, row) => {
        encoder.encode(cells, features, row * encoder.width);
      });
      return rows.length === 0
        ? new Float32Array(0)
        : runNetwork('network', features, encoder.width, models, withSpread);
    },
    cells(answers) {
      return Array.from({ length: answers.length / width }, (_, row) => {
        const own = Array.from(answers.subarray(row * width, (row + 1) * width));
        const numbers = own.map((value) => String(Number(value.toPrecision(6))));
        return task === 'regression' ? numbers : [classes[likeliest(own.slice(0, outputs))], ...numbers];
      });
    },
  };
}
