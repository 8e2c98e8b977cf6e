// How a table is kept in a run: features and targets as numbers, and which rows belong together.
import { Dataset, type Parts, type Provenance, type SplitName } from '../../data-adapters/dataset.ts';

export const tablePart = 'table';

export interface TableNumbers {
  /** Rows x width. */
  readonly features: Float32Array;
  readonly width: number;
  /** Number of the class, or the number itself. */
  readonly target: Float32Array;
  readonly group: Int32Array;
  /** Of a generated table: the probability of the last class. */
  readonly truth?: Float32Array;
}

export interface TableToKeep extends TableNumbers {
  readonly splits: Readonly<Record<SplitName, Uint32Array>>;
  readonly provenance: Provenance;
}

export const tableParts = ({
  features,
  width,
  target,
  group,
  truth,
  splits,
  provenance,
}: TableToKeep): Parts => ({
  [tablePart]: new Dataset(
    {
      features: { data: features, shape: [width] },
      target: { data: target, shape: [] },
      group: { data: group, shape: [] },
      ...(truth ? { truth: { data: truth, shape: [] } } : {}),
    },
    splits,
    provenance,
  ),
});

/** Some rows of a table, copied together. */
export function rowsOf(parts: Parts, rows: Uint32Array): TableNumbers & { readonly rows: number } {
  const { columns } = parts[tablePart].take(rows);
  return {
    rows: rows.length,
    features: columns.features.data as Float32Array,
    width: columns.features.shape[0],
    target: columns.target.data as Float32Array,
    group: columns.group.data as Int32Array,
    ...(columns.truth ? { truth: columns.truth.data as Float32Array } : {}),
  };
}
