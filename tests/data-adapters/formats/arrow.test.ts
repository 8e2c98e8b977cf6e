import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { RandomStream } from '../../../core/random.ts';
import { type ColumnData, Dataset, type Provenance } from '../../../data-adapters/dataset.ts';
import { readDataset, writeDataset } from '../../../data-adapters/formats/arrow.ts';
import { trials } from './damage.ts';

const folder = await mkdtemp(join(tmpdir(), 'arrow-'));
const provenance: Provenance = {
  kind: 'files',
  source: 'spins.npz',
  files: [{ path: 'spins.npz', bytes: 7, sha256: 'ab' }],
  notes: ['κ', 'second note'],
};

function numbers(Type: new (n: number) => ColumnData, length: number): ColumnData {
  const random = new RandomStream('arrow', Type.name);
  const data = new Type(length);
  for (let i = 0; i < length; i++) data[i] = (random.uniform() - 0.5) * 300;
  return data;
}

/** Every storage type, scalars and lattices, with rows that stand in no split. */
function dataset(rows: number, order: (rows: Uint32Array) => Uint32Array = (r) => r.sort()): Dataset {
  const shuffled = new RandomStream('rows', rows).permutation(rows);
  const [a, b, c] = [0.5, 0.7, 0.9].map((share) => Math.floor(share * rows));
  return new Dataset(
    {
      spins: { data: numbers(Int8Array, rows * 6), shape: [2, 3] },
      temperature: { data: numbers(Float64Array, rows), shape: [] },
      image: { data: numbers(Uint8Array, rows), shape: [1] },
      field: { data: numbers(Float32Array, rows * 2), shape: [2] },
      count: { data: numbers(Int32Array, rows), shape: [] },
    },
    {
      train: order(shuffled.slice(0, a)),
      validation: order(shuffled.slice(a, b)),
      test: order(shuffled.slice(b, c)),
    },
    provenance,
  );
}

async function roundTrip(data: Dataset): Promise<Dataset> {
  const path = join(folder, 'round-trip.arrow');
  await writeDataset(path, data);
  return readDataset(path);
}

describe('writeDataset and readDataset', () => {
  it.each([1, 2, 1000])('give back %i rows', async (rows) => {
    const data = dataset(rows);
    const back = await roundTrip(data);
    expect(back.columns).toEqual(data.columns);
    expect(back.splits).toEqual(data.splits);
    expect(back.provenance).toEqual(provenance);
  });

  it('keep the order of rows within a split, which decides what training sees', async () => {
    const data = dataset(100, (rows) => rows);
    expect((await roundTrip(data)).splits).toEqual(data.splits);
  });

  it('keep a dataset without rows', async () => {
    const data = dataset(0);
    expect((await roundTrip(data)).columns).toEqual(data.columns);
  });

  it('write several record batches that Arrow itself reads', async () => {
    const rows = 30_000;
    const data = new Dataset(
      { spins: { data: numbers(Int8Array, rows * 400), shape: [20, 20] } },
      {
        train: Uint32Array.from({ length: rows }, (_, i) => i),
        validation: new Uint32Array(0),
        test: new Uint32Array(0),
      },
      provenance,
    );
    const back = (await roundTrip(data)).columns.spins.data;
    expect(Buffer.compare(Buffer.from(back.buffer), Buffer.from(data.columns.spins.data.buffer))).toBe(0);
    const table = arrow.tableFromIPC(await readFile(join(folder, 'round-trip.arrow')));
    expect(table.batches.length).toBeGreaterThan(1);
    expect(table.numRows).toBe(rows);
    expect([...table.getChild('spins')!.get(29_999)]).toEqual([...data.columns.spins.data.slice(-400)]);
    expect(table.getChild('split')!.get(29_999)).toBe('train');
  });

  it('replace nothing when the folder is missing', async () => {
    await expect(writeDataset(join(folder, 'missing', 'a.arrow'), dataset(1))).rejects.toThrow(UserError);
  });

  it('refuse a column named as one of the file’s own', async () => {
    const data = new Dataset(
      { split: { data: new Int8Array(0), shape: [] } },
      { train: new Uint32Array(0), validation: new Uint32Array(0), test: new Uint32Array(0) },
      provenance,
    );
    await expect(writeDataset(join(folder, 'a.arrow'), data)).rejects.toThrow(RangeError);
  });
});

/** A Python that has pyarrow, if there is one. */
const python = [process.env.PYARROW_PYTHON, 'python3'].find((name) => {
  try {
    return name && execFileSync(name, ['-c', 'import pyarrow'], { stdio: 'ignore' }) !== undefined;
  } catch {
    return false;
  }
});

describe.skipIf(python === undefined)(
  'pyarrow (skipped where it is not installed; PYARROW_PYTHON names a python)',
  () => {
    it('reads the same numbers, types and metadata', async () => {
      const data = dataset(1000);
      const path = join(folder, 'python.arrow');
      await writeDataset(path, data);
      const script = `
import json, sys, pyarrow as pa
with pa.ipc.open_file(sys.argv[1]) as f: table = f.read_all()
table.validate(full=True)
print(json.dumps({
  'types': [str(field.type) for field in table.schema],
  'shapes': json.loads(table.schema.metadata[b'deepfield.shapes']),
  'source': json.loads(table.schema.metadata[b'deepfield.provenance'])['source'],
  'spins': table['spins'].to_pylist()[999],
  'temperature': sum(table['temperature'].to_pylist()),
  'train': table['split'].to_pylist().count('train'),
  'none': table['split'].to_pylist().count(None),
}))`;
      expect(JSON.parse(execFileSync(python!, ['-c', script, path], { encoding: 'utf8' }))).toEqual({
        types: [
          'fixed_size_list<item: int8 not null>[6]',
          'double',
          'fixed_size_list<item: uint8 not null>[1]',
          'fixed_size_list<item: float not null>[2]',
          'int32',
          'dictionary<values=string, indices=int8, ordered=0>',
        ],
        shapes: { spins: [2, 3], temperature: [], image: [1], field: [2], count: [] },
        source: 'spins.npz',
        spins: [...data.columns.spins.data.slice(-6)],
        temperature: Array.from(data.columns.temperature.data).reduce((a, b) => a + b, 0),
        train: 500,
        none: 100,
      });
    });
  },
);

describe('a damaged file', async () => {
  const path = join(folder, 'good.arrow');
  await writeDataset(path, dataset(20));
  const good = await readFile(path);
  const read = async (bytes: Uint8Array) => {
    await writeFile(join(folder, 'bad.arrow'), bytes);
    return readDataset(join(folder, 'bad.arrow'));
  };

  it('is refused when any bit differs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: good.length * 8 - 1 }), async (bit) => {
        const bytes = Uint8Array.from(good);
        bytes[bit >> 3] ^= 1 << (bit & 7);
        await expect(read(bytes)).rejects.toThrow(UserError);
      }),
      trials(200),
    );
  });

  it('is refused when cut, lengthened or spliced', async () => {
    const place = fc.integer({ min: 0, max: good.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, place, fc.uint8Array({ minLength: 1, maxLength: 50 }), async (a, b, extra) => {
        await expect(read(good.subarray(0, a))).rejects.toThrow(UserError);
        await expect(read(Buffer.concat([good, extra]))).rejects.toThrow(UserError);
        const spliced = Buffer.concat([good.subarray(0, a), extra, good.subarray(b)]);
        if (!spliced.equals(good)) await expect(read(spliced)).rejects.toThrow(UserError);
      }),
      trials(60),
    );
  });

  it('is named when it is not ours', async () => {
    const foreign = arrow.tableToIPC(arrow.tableFromArrays({ a: Int32Array.of(1, 2, 3) }), 'file');
    await expect(read(foreign)).rejects.toThrow('holds no prepared data');
    await expect(read(Buffer.from('a,b\n'))).rejects.toThrow('is no Arrow file');
    await expect(read(new Uint8Array(0))).rejects.toThrow('is empty');
    await expect(readDataset(join(folder, 'god.arrow'))).rejects.toThrow(/no such file.*good.arrow/);
  });
});
