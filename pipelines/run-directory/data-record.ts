// data.json: where the data of a run came from, what was done to it, and what is in it (rows by split, distinct
// values of label-like columns), so that a result can be traced to its bytes.
import { z } from 'zod';
import {
  type Column,
  type Dataset,
  type SourceFile,
  type SplitName,
  splitNames,
} from '../../data-adapters/dataset.ts';

const provenanceSchema = z.object({
  kind: z.enum(['simulated', 'files']),
  source: z.string(),
  seed: z.number().optional(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })).optional(),
  notes: z.array(z.string()),
});

const countsSchema = z.record(z.string(), z.number());

const partSchema = z.object({
  /** The prepared file, relative to the run; none where the data were only evaluated. */
  prepared: z.object({ path: z.string(), bytes: z.number(), sha256: z.string() }).optional(),
  rows: z.number(),
  splits: z.record(z.enum(splitNames), z.number()),
  columns: z.record(
    z.string(),
    z.object({
      type: z.string(),
      shape: z.array(z.number()),
      /** Rows by value and split, for whole-numbered scalar columns of few values. */
      values: z.partialRecord(z.enum(splitNames), countsSchema).optional(),
    }),
  ),
  provenance: provenanceSchema,
});

export const dataRecordSchema = z.object({ parts: z.record(z.string(), partSchema) });
export type DataRecord = z.infer<typeof dataRecordSchema>;
export type PartRecord = z.infer<typeof partSchema>;

const mostValues = 20;

function valueCounts(column: Column, rows: Uint32Array): Record<string, number> | undefined {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const value = column.data[row];
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > mostValues) return undefined;
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => a - b));
}

function labelCounts(
  column: Column,
  splits: Dataset['splits'],
): Partial<Record<SplitName, Record<string, number>>> | undefined {
  const whole = !(column.data instanceof Float32Array || column.data instanceof Float64Array);
  if (!whole || column.shape.length > 0) return undefined;
  const bySplit: Partial<Record<SplitName, Record<string, number>>> = {};
  for (const name of splitNames) {
    const counts = valueCounts(column, splits[name]);
    if (counts === undefined) return undefined;
    bySplit[name] = counts;
  }
  return bySplit;
}

/** The record of one part. @param prepared the file it is kept in, if any */
export function describePart(dataset: Dataset, prepared?: SourceFile): PartRecord {
  const { provenance } = dataset;
  return {
    ...(prepared && { prepared }),
    rows: dataset.rows,
    splits: {
      train: dataset.splits.train.length,
      validation: dataset.splits.validation.length,
      test: dataset.splits.test.length,
    },
    columns: Object.fromEntries(
      Object.entries(dataset.columns).map(([name, column]) => {
        const values = labelCounts(column, dataset.splits);
        const type = column.data.constructor.name.replace('Array', '').toLowerCase();
        return [name, { type, shape: [...column.shape], ...(values && { values }) }];
      }),
    ),
    provenance: {
      ...provenance,
      files: provenance.files?.map((source) => ({ ...source })),
      notes: [...provenance.notes],
    },
  };
}
