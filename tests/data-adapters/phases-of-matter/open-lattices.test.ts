import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import { type LatticeOptions, openLattices } from '../../../data-adapters/phases-of-matter/index.ts';
import { npyFile } from '../formats/npy-fixtures.ts';
import { zipFile } from '../formats/zip-fixtures.ts';
import {
  columnText,
  folderWith,
  type Lattices,
  npyOf,
  npzOf,
  randomLattices,
  tableText,
  temperaturesOf,
  zeroOne,
} from './lattice-fixtures.ts';

const options = (more: Partial<LatticeOptions> = {}): LatticeOptions => ({
  random: new RandomStream(7),
  splits: { train: 0.5, validation: 0.25, test: 0.25 },
  symmetrise: false,
  ...more,
});

const set = randomLattices(3, [1.5, 2.25, 3.125], 4);
const n = set.rows.length;
const named: Lattices = { ...set, temperatures: set.temperatures.map(() => 2.25) };

const check = (dataset: Dataset, expected: Lattices) => {
  const { spins, temperature } = dataset.columns;
  expect(spins.shape).toEqual([expected.size, expected.size]);
  expect(spins.data).toEqual(Int8Array.from(expected.rows.flat()));
  expect(temperature).toEqual({ data: Float64Array.from(expected.temperatures), shape: [] });
};

/** Files of one folder, the source within it, what is expected of it, and options. */
type Case = [string, Record<string, string | Uint8Array>, string, Lattices, Partial<LatticeOptions>?];

const withT = set.rows.map((row, i) => [...row, set.temperatures[i]]);
const tFirst = zeroOne(set.rows).map((row, i) => [set.temperatures[i], ...row]);
const sites = Array.from({ length: 9 }, (_, i) => `s${i}`);
const t = { 'temperatures.npy': temperaturesOf(set) };
const tText = `${set.temperatures.join('\n')}\n`;
const cases: Case[] = [
  [
    '.npz of float64',
    { 'a.npz': npzOf({ lattices: npyOf(set), temperatures: temperaturesOf(set) }) },
    'a.npz',
    set,
  ],
  [
    '.npz of other names',
    { 'a.npz': npzOf({ arr_0: npyOf(set, 'i1'), arr_1: temperaturesOf(set) }) },
    'a.npz',
    set,
  ],
  [
    '.npz with energies beside',
    {
      'a.npz': npzOf({
        spins: npyOf(set, 'i2'),
        energies: npyFile({ shape: [n], values: set.temperatures, type: 'f4' }),
        T: temperaturesOf(set),
        bonds: npyFile({ shape: [2, 9], values: new Uint8Array(18), type: 'u1' }),
      }),
    },
    'a.npz',
    set,
  ],
  [
    '.npz with temperatures as a column',
    {
      'a.npz': npzOf({ x: npyOf(set), T: npyFile({ shape: [n, 1], values: set.temperatures, type: 'f8' }) }),
    },
    'a.npz',
    set,
  ],
  ['.npy of 0 and 1', { 'a.npy': npyOf(set, 'u1', zeroOne(set.rows).flat()), ...t }, 'a.npy', set],
  ['.npy of bools', { 'a.npy': npyOf(set, 'b1', zeroOne(set.rows).flat()), ...t }, 'a.npy', set],
  [
    '.npy flattened',
    { 'a.npy': npyFile({ shape: [n, 9], values: set.rows.flat(), type: 'f4' }), ...t },
    'a.npy',
    set,
  ],
  [
    '.npy with a channel, big-endian, Fortran order',
    {
      'a.npy': npyFile({
        shape: [n, 3, 3, 1],
        values: set.rows.flat(),
        type: 'i8',
        littleEndian: false,
        fortranOrder: true,
      }),
      ...t,
    },
    'a.npy',
    set,
  ],
  ['.npy with <name>_temperatures.txt', { 'a.npy': npyOf(set), 'a_temperatures.txt': tText }, 'a.npy', set],
  ['.npy with its temperature in the name', { 'spins_T2.25.npy': npyOf(set) }, 'spins_T2.25.npy', named],
  [
    '.npy with temperatures elsewhere',
    { 'a.npy': npyOf(set), 'grid.npy': t['temperatures.npy'] },
    'a.npy',
    set,
    { temperatures: 'grid.npy' },
  ],
  ['.npy of no ending', { spins: npyOf(set), ...t }, 'spins', set],
  ['.csv with a header', { 'a.csv': tableText([[...sites, 'T'] as never, ...withT], ',') }, 'a.csv', set],
  [
    '.csv with Temperature in front',
    { 'a.csv': tableText([['Temperature', ...sites] as never, ...tFirst], ';') },
    'a.csv',
    set,
  ],
  ['.csv without a header, T last', { 'a.csv': tableText(withT, ',') }, 'a.csv', set],
  ['.csv without a header, T first', { 'a.csv': tableText(tFirst, ',') }, 'a.csv', set],
  [
    '.csv with temperatures beside',
    { 'a.csv': tableText(set.rows, ','), 'temperatures.csv': `T\n${tText}` },
    'a.csv',
    set,
  ],
  [
    'text with temperatures beside',
    { 'Xtrain.txt': tableText(zeroOne(set.rows)), 'temperatures.txt': tText },
    'Xtrain.txt',
    set,
  ],
  ['text with T in a column', { 'a.dat': tableText(withT, '\t') }, 'a.dat', set],
  [
    'a folder of text files with L, T and spins',
    Object.fromEntries(
      set.rows.map((row, i) => [`run/${100 + i}.txt`, columnText(3, set.temperatures[i], row)]),
    ),
    '.',
    set,
  ],
  [
    'a zip of the same',
    {
      'a.zip': zipFile(
        set.rows
          .map((row, i) => ({
            name: `x/${100 + i}.txt`,
            content: Buffer.from(columnText(3, set.temperatures[i], row)),
          }))
          .reverse(),
      ),
    },
    'a.zip',
    set,
  ],
  [
    'a zip with temperatures beside',
    {
      'a.zip': zipFile([
        { name: 'x/temperatures.txt', content: Buffer.from(tText) },
        { name: 'x/a.txt', content: Buffer.from(tableText(set.rows)) },
      ]),
    },
    'a.zip',
    set,
  ],
  [
    'a folder of matrices with T in the names',
    Object.fromEntries(
      set.rows.map((row, i) => [
        `${100 + i}_T=${set.temperatures[i]}.txt`,
        tableText([row.slice(0, 3), row.slice(3, 6), row.slice(6)]),
      ]),
    ),
    '.',
    set,
  ],
  [
    'a folder with a readme and other things',
    {
      'a.npz': npzOf({ x: npyOf(set), T: temperaturesOf(set) }),
      'README.txt': 'Ising',
      'plot.png': 'x',
      '.hidden/a.npy': '',
    },
    '.',
    set,
  ],
];

describe('openLattices', () => {
  it.each(cases)('%s', async (_, files, source, expected, more) => {
    const folder = await folderWith(files);
    const parts = await openLattices(join(folder, source), options(more));
    expect(Object.keys(parts)).toEqual([`L${expected.size}`]);
    check(parts.L3, expected);
  });

  it('keeps lattice sizes apart and joins the files of one size', async () => {
    const larger = randomLattices(12, [1.5, 3], 4);
    const more = randomLattices(3, [2, 4], 2);
    const folder = await folderWith({
      'a.npz': npzOf({ x: npyOf(set), T: temperaturesOf(set) }),
      'b.npz': npzOf({ x: npyOf(larger), T: temperaturesOf(larger) }),
      'deeper/c.npz': npzOf({ x: npyOf(more), T: temperaturesOf(more) }),
    });
    const parts = await openLattices(folder, options());
    expect(Object.keys(parts)).toEqual(['L3', 'L12']);
    check(parts.L12, larger);
    check(parts.L3, {
      size: 3,
      rows: [...set.rows, ...more.rows],
      temperatures: [...set.temperatures, ...more.temperatures],
    });
  });

  it('records each file with its hash, and what was passed over', async () => {
    const folder = await folderWith({ 'a.npy': npyOf(set), ...t, 'plot.png': 'x' });
    const { provenance } = (await openLattices(folder, options({ symmetrise: true }))).L3;
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(provenance).toMatchObject({ kind: 'files', source: folder });
    expect(provenance.files).toEqual(
      await Promise.all(
        ['a.npy', 'temperatures.npy'].map(async (name) => {
          const bytes = await readFile(join(folder, name));
          return { path: join(folder, name), bytes: bytes.length, sha256: sha256(bytes) };
        }),
      ),
    );
    expect(provenance.notes.join('\n')).toMatch(/flipped as a whole with probability 1\/2/);
    expect(provenance.notes.join('\n')).toMatch(/passed over: .*plot\.png/);
  });

  it('records more than a hundred files as one', async () => {
    const many = randomLattices(2, [1, 3], 60);
    const files = Object.fromEntries(
      many.rows.map((row, i) => [`${1000 + i}.txt`, columnText(2, many.temperatures[i], row)]),
    );
    const folder = await folderWith(files);
    const { files: recorded } = (await openLattices(folder, options())).L2.provenance;
    // The hash of what `sha256sum *.txt` prints.
    const lines = Object.entries(files).map(
      ([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`,
    );
    expect(recorded).toEqual([
      {
        path: folder,
        bytes: Object.values(files).join('').length,
        sha256: createHash('sha256').update(lines.join('')).digest('hex'),
      },
    ]);
  });

  it('says which size is meant where n rows of n spins may be two things', async () => {
    // 16 rows of 16: one lattice of L = 16 or 16 of L = 4.
    const four = randomLattices(4, [2], 16);
    const text = tableText(four.rows);
    const open = async (files: Record<string, string>, more: Partial<LatticeOptions> = {}) => {
      const splits = { train: 1, validation: 0, test: 0 };
      return Object.keys(await openLattices(await folderWith(files), options({ splits, ...more })));
    };
    await expect(open({ 'T2.txt': text })).rejects.toThrow(
      '16 rows of 16 spins are one lattice of L = 16 or 16 of L = 4; set source.size to 16 or 4',
    );
    expect(await open({ 'T2.txt': text }, { size: 4 })).toEqual(['L4']);
    expect(await open({ 'T2.txt': text }, { size: 16 })).toEqual(['L16']);
    expect(await open({ 'L4_T2.txt': text })).toEqual(['L4']);
    expect(await open({ 'L=16_T2.txt': text })).toEqual(['L16']);
    expect(await open({ 'a.txt': text, 'temperatures.txt': '2\n'.repeat(16) })).toEqual(['L4']);
    expect(await open({ 'a.txt': text, 'temperatures.txt': '2\n' })).toEqual(['L16']);
    await expect(open({ 'T2.txt': text }, { size: 5 })).rejects.toThrow('no square lattices of side 5');
  });

  it('reads a matrix whose side is a square and one as a lattice, not as spins and temperatures', async () => {
    const five = randomLattices(5, [1.5], 1);
    const rows = [0, 1, 2, 3, 4].map((i) => five.rows[0].slice(5 * i, 5 * i + 5));
    const folder = await folderWith({ 'a_T1.5.txt': tableText(rows) });
    const splits = { train: 1, validation: 0, test: 0 };
    check((await openLattices(folder, options({ splits }))).L5, five);
  });
});

describe('splits and symmetry', () => {
  const big = randomLattices(2, [1, 1.5, 2.269185314213022, 3, 4], 40);
  const files = { 'a.npz': npzOf({ x: npyOf(big, 'i1'), T: temperaturesOf(big) }) };

  it('splits every temperature in the same proportion, keeping those at the critical one', async () => {
    const splits = { train: 0.5, validation: 0.2, test: 0.1 };
    const criticalTemperature = 2.269185314213022;
    const { L2 } = await openLattices(await folderWith(files), options({ splits, criticalTemperature }));
    const temperatures = L2.columns.temperature.data;
    for (const [name, share] of Object.entries(splits)) {
      const rows = L2.splits[name as 'train'];
      expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
      for (const value of new Set(temperatures)) {
        expect([...rows].filter((row) => temperatures[row] === value).length).toBe(share * 40);
      }
    }
  });

  it('splits a set with one configuration a temperature in proportion too', async () => {
    const single = randomLattices(
      2,
      Array.from({ length: 100 }, (_, i) => 1 + i / 50),
      1,
    );
    const folder = await folderWith({
      'a.npz': npzOf({ x: npyOf(single, 'i1'), T: temperaturesOf(single) }),
    });
    const splits = { train: 0.8, validation: 0.1, test: 0.1 };
    const { L2 } = await openLattices(folder, options({ splits }));
    for (let start = 0; start < 100; start += 20) {
      const within = (rows: Uint32Array) =>
        [...rows].filter((row) => row >= start && row < start + 20).length;
      expect([L2.splits.train, L2.splits.validation, L2.splits.test].map(within)).toEqual([16, 2, 2]);
    }
  });

  it('depends on the seed only', async () => {
    const folder = await folderWith(files);
    const open = async (seed: number) => {
      const { L2 } = await openLattices(
        folder,
        options({ random: new RandomStream(seed), symmetrise: true }),
      );
      return { splits: L2.splits, spins: L2.columns.spins.data };
    };
    expect(await open(1)).toEqual(await open(1));
    expect((await open(1)).splits).not.toEqual((await open(2)).splits);
    expect((await open(1)).spins).not.toEqual((await open(2)).spins);
  });

  it('flips whole configurations, half of them', async () => {
    const up: Lattices = { ...big, rows: big.rows.map(() => [1, 1, 1, -1]) };
    const folder = await folderWith({ 'a.npz': npzOf({ x: npyOf(up, 'i1'), T: temperaturesOf(up) }) });
    const { L2 } = await openLattices(folder, options({ symmetrise: true }));
    const spins = L2.columns.spins.data;
    let flipped = 0;
    for (let row = 0; row < L2.rows; row++) {
      const configuration = [...spins.subarray(4 * row, 4 * row + 4)];
      expect([
        [1, 1, 1, -1],
        [-1, -1, -1, 1],
      ]).toContainEqual(configuration);
      if (configuration[0] < 0) flipped += 1;
    }
    // 200 fair coins: five standard deviations are 35
    expect(Math.abs(flipped - 100)).toBeLessThan(35);
  });

  it('does not mind equal configurations at one temperature', async () => {
    const cold: Lattices = { ...big, rows: big.rows.map(() => [1, 1, 1, 1]) };
    const folder = await folderWith({ 'a.npz': npzOf({ x: npyOf(cold, 'i1'), T: temperaturesOf(cold) }) });
    expect((await openLattices(folder, options())).L2.splits.train.length).toBe(100);
  });

  it('stops when told to', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(openLattices(await folderWith(files), options({ signal }))).rejects.toThrow('stopped');
  });
});
