// What a table's columns are: the kinds of its features, what is to be predicted, and which rows belong together. Inferred
// once, written down in a run's settings, and obeyed from then on.
import { z } from 'zod';

export const columnKinds = ['number', 'category', 'date', 'ignore'] as const;
export type ColumnKind = (typeof columnKinds)[number];

export const tasks = ['classification', 'regression'] as const;
export type Task = (typeof tasks)[number];

export const columnSchema = z.strictObject({
  name: z.string().describe('as in the header'),
  kind: z.enum(columnKinds).describe('`date` counts days since 1970; `ignore` is not looked at'),
  categories: z
    .array(z.string())
    .optional()
    .describe('of a category: its words; every other word is one more, "other"'),
});
export type ColumnSchema = z.infer<typeof columnSchema>;

export interface TableSchema {
  /** Column that is predicted. */
  readonly target: string;
  readonly task: Task;
  /** Of a classification, in order; of two the last is the positive one. */
  readonly classes: readonly string[];
  /** Column whose equal values belong together; empty for none. */
  readonly group: string;
  /** Every column but target and group, in the order of the file. */
  readonly columns: readonly ColumnSchema[];
}

/** The columns that are looked at, in the order in which a model takes them. */
export const featuresOf = ({ columns }: Pick<TableSchema, 'columns'>): ColumnSchema[] =>
  columns.filter(({ kind }) => kind !== 'ignore');
