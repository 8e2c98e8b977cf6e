// data.json: where the data of a run came from, what was done to it, and what is in it (rows by split, distinct
// values of label-like columns), so that a result can be traced to its bytes.
import { join, relative } from 'node:path';
import { z } from 'zod';
import {
  type Column,
  type Dataset,
  type Provenance,
  type SourceFile,
  type SplitName,
  splitNames,
} from '../../data-adapters/dataset.ts';
import type { StoredColumns } from '../../data-adapters/stored/column-layout.ts';
import { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';

const fileSchema = z.object({ path: z.string(), bytes: z.number(), sha256: z.string() });

const statisticsSchema = z.object({
  mean: z.number(),
  deviation: z.number(),
  least: z.number(),
  greatest: z.number(),
  logarithm: z.object({ mean: z.number(), deviation: z.number() }).optional(),
  missing: z.number(),
});

const provenanceSchema = z.object({
  kind: z.enum(['simulated', 'files']),
  source: z.string(),
  seed: z.number().optional(),
  files: z.array(fileSchema).optional(),
  classes: z.array(z.string()).optional(),
  notes: z.array(z.string()),
});

const countsSchema = z.record(z.string(), z.number());

const partSchema = z.object({
  /** The prepared file of data that fit into memory, relative to the run; none where they were only evaluated. */
  prepared: fileSchema.optional(),
  /** The prepared files of data that are kept on disk, a file for each split, and what was measured on the way. */
  stored: z
    .object({
      blockRows: z.number(),
      files: z.record(z.enum(splitNames), fileSchema),
      statistics: z.record(z.string(), z.array(statisticsSchema)),
    })
    .optional(),
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

const mapSplits = <T>(make: (split: SplitName) => T): Record<SplitName, T> => ({
  train: make('train'),
  validation: make('validation'),
  test: make('test'),
});

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

const provenanceOf = ({
  files,
  classes,
  codes: _,
  notes,
  ...rest
}: Provenance): PartRecord['provenance'] => ({
  ...rest,
  files: files?.map((source) => ({ ...source })),
  ...(classes && { classes: [...classes] }),
  notes: [...notes],
});

/** The record of a part that is kept on disk; its files are named relative to `root`. */
export function describeStored({ record, rows, provenance }: StoredDataset, root: string): PartRecord {
  const { files, columns, statistics, blockRows } = record;
  const relativeFile = (file: SourceFile): SourceFile => ({ ...file, path: relative(root, file.path) });
  return {
    stored: {
      blockRows,
      files: mapSplits((split) => relativeFile(files[split])),
      statistics: Object.fromEntries(Object.entries(statistics).map(([name, all]) => [name, [...all]])),
    },
    rows,
    splits: { ...record.rows },
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, { type, shape }]) => [name, { type, shape: [...shape] }]),
    ),
    provenance: provenanceOf(provenance),
  };
}

/** Opens a part from its record. */
export function storedPart({ stored, splits, columns, provenance }: PartRecord, root: string): StoredDataset {
  if (stored === undefined) throw new RangeError('storedPart: the part is not kept on disk');
  const { files, ...rest } = stored;
  return new StoredDataset(
    {
      ...rest,
      files: mapSplits((split) => ({ ...files[split], path: join(root, files[split].path) })),
      rows: splits,
      columns: columns as StoredColumns,
    },
    provenance,
  );
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
    provenance: provenanceOf(provenance),
  };
}
