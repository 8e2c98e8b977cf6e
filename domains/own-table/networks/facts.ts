// What a model file says besides its weights, so that it answers for rows of words by itself: the schema, and what the training
// rows were like.
import { z } from 'zod';
import { quantile } from '../../../core/metrics/bootstrap.ts';
import {
  columnSchema,
  featuresOf,
  type TableSchema,
  tasks,
} from '../../../data-adapters/own-table/schema.ts';
import type { TableNumbers } from '../parts.ts';

const schema = z.object({
  target: z.string(),
  task: z.enum(tasks),
  classes: z.array(z.string()),
  group: z.string(),
  columns: z.array(columnSchema),
  /** Least and greatest value of each feature among the training rows; of categories null. */
  ranges: z.array(z.tuple([z.number(), z.number()]).nullable()),
  /** Share of each class among the training rows; of a regression their mean alone. */
  shares: z.array(z.number()),
  /** Of a regression: nine in ten validation rows lie within this of what was predicted. */
  within: z.number().optional(),
});
export type TableFacts = z.infer<typeof schema>;

export const factsText = (facts: TableFacts): string => JSON.stringify(schema.parse(facts));

const read = new WeakMap<object, TableFacts>();

/** @param metadata of a model file */
export function factsOf(metadata: Readonly<Record<string, string>>): TableFacts {
  const before = read.get(metadata);
  if (before !== undefined) return before;
  const facts = schema.parse(JSON.parse(metadata.facts));
  read.set(metadata, facts);
  return facts;
}

/** @param training the training rows alone */
export function factsFrom(own: TableSchema, { features, width, target }: TableNumbers): TableFacts {
  const rows = target.length;
  return {
    ...own,
    classes: [...own.classes],
    columns: [...own.columns],
    ranges: featuresOf(own).map(({ kind }, i) => {
      if (kind === 'category') return null;
      const values = Float64Array.from({ length: rows }, (_, row) => features[row * width + i])
        .filter(Number.isFinite)
        .sort();
      return values.length === 0 ? null : [quantile(values, 0), quantile(values, 1)];
    }),
    shares:
      own.task === 'classification'
        ? own.classes.map((_, k) => target.reduce((sum, y) => sum + Number(y === k), 0) / rows)
        : [target.reduce((sum, y) => sum + y / rows, 0)],
  };
}
