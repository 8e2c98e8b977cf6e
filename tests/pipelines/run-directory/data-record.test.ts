import { describe, expect, it } from 'vitest';
import { Dataset } from '../../../data-adapters/dataset.ts';
import { dataRecordSchema, describePart } from '../../../pipelines/run-directory/data-record.ts';

const dataset = new Dataset(
  {
    spins: { data: Int8Array.of(1, -1, 1, 1, -1, -1, 1, 1), shape: [2] },
    label: { data: Uint8Array.of(0, 1, 1, 1), shape: [] },
    temperature: { data: Float64Array.of(1, 2, 3, 4), shape: [] },
    row: { data: Int32Array.from({ length: 4 }, (_, i) => i), shape: [] },
  },
  { train: Uint32Array.of(0, 1), validation: Uint32Array.of(2), test: Uint32Array.of(3) },
  {
    kind: 'files',
    source: 'a folder',
    files: [{ path: 'a', bytes: 3, sha256: 'ff' }],
    classes: ['down', 'up'],
    notes: ['read'],
  },
);

describe('describePart', () => {
  it('counts rows by split and labels by value', () => {
    const record = describePart(dataset, { path: 'prepared/a.arrow', bytes: 10, sha256: 'aa' });
    expect(record.splits).toEqual({ train: 2, validation: 1, test: 1 });
    expect(record.columns.spins).toEqual({ type: 'int8', shape: [2] });
    expect(record.columns.temperature).toEqual({ type: 'float64', shape: [] });
    expect(record.columns.label.values).toEqual({
      train: { 0: 1, 1: 1 },
      validation: { 1: 1 },
      test: { 1: 1 },
    });
    expect(record.provenance.classes).toEqual(['down', 'up']);
    expect(dataRecordSchema.parse({ parts: { a: record } }).parts.a).toEqual(record);
  });

  it('does not count the values of a column of many', () => {
    const data = Int32Array.from({ length: 21 }, (_, i) => i);
    const none = new Uint32Array(0);
    const splits = { train: Uint32Array.from(data), validation: none, test: none };
    const many = new Dataset({ id: { data, shape: [] } }, splits, {
      kind: 'simulated',
      source: '',
      notes: [],
    });
    expect(describePart(many).columns.id.values).toBeUndefined();
  });
});
