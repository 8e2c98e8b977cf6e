// What a row has that training never saw: a warning before its answer is trusted.

import { otherCode } from '../../data-adapters/own-table/row-codes.ts';
import { featuresOf } from '../../data-adapters/own-table/schema.ts';
import type { TableFacts } from './networks/facts.ts';

/** @param features of one row; @param shown what stands in a column, for the text */
export function unlikeTraining(
  features: ArrayLike<number>,
  facts: TableFacts,
  shown: (name: string) => string,
): string[] {
  return featuresOf(facts).flatMap((column, i) => {
    const value = features[i];
    if (Number.isNaN(value)) return [];
    if (column.kind === 'category') {
      return value === otherCode(column)
        ? [`${column.name}: ${shown(column.name)} is none of the words that training knew well`]
        : [];
    }
    const range = facts.ranges[i];
    if (range === null) return [`${column.name} was always missing in training`];
    const [low, high] = range;
    return value < low || value > high
      ? [`${column.name}: ${shown(column.name)} is outside of what training saw`]
      : [];
  });
}
