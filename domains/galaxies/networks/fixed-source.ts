// Batches of rows that are there already, in their order: what networks are validated on.
import { type BatchSource, rowSource } from '../../../core/training/batch-source.ts';
import { type NetworkRow, stackRows } from './network-inputs.ts';

export const fixedSource = (rows: readonly NetworkRow[]): BatchSource =>
  rowSource({
    rows: rows.map((_, i) => i),
    gather: (wanted) => stackRows(Array.from(wanted, (row) => rows[row])),
  });
