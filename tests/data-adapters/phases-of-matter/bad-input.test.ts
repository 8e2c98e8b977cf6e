import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { RandomStream } from '../../../core/random.ts';
import { type LatticeOptions, openLattices } from '../../../data-adapters/phases-of-matter/index.ts';
import { npyFile, npyHeader } from '../formats/npy-fixtures.ts';
import { zipFile } from '../formats/zip-fixtures.ts';
import {
  columnText,
  folderWith,
  npyOf,
  npzOf,
  randomLattices,
  tableText,
  temperaturesOf,
} from './lattice-fixtures.ts';

type Files = Record<string, string | Uint8Array>;
const set = randomLattices(3, [1.5, 2.25, 3.125], 4);
const tText = `${set.temperatures.join('\n')}\n`;
const withT = set.rows.map((row, i) => [...row, set.temperatures[i]]);
const npz = (lattices: Uint8Array, temperatures = temperaturesOf(set)) => npzOf({ lattices, temperatures });
const vector = (values: number[], type = 'f8') => npyFile({ shape: [values.length], values, type });
const changed = (index: number, value: number) =>
  set.rows.flat().map((spin, i) => (i === index ? value : spin));
const temperaturesWith = (index: number, value: number) =>
  vector(set.temperatures.map((t, i) => (i === index ? value : t)));
const objects = Buffer.concat([
  npyHeader(`{'descr': '|O', 'fortran_order': False, 'shape': (12, 3, 3), }`),
  Buffer.from('\x80\x04cos\nsystem\n', 'latin1'),
]);
const shaped = (shape: number[]) =>
  npyFile({ shape, values: new Int8Array(shape.reduce((a, b) => a * b, 1)).fill(1), type: 'i1' });

/** What it is, the folder's files, the source within it, what the message says, options. */
const cases: [string, Files, string, string | RegExp, Partial<LatticeOptions>?][] = [
  ['an empty .npy', { 'a_T2.npy': '' }, 'a_T2.npy', 'a_T2.npy: is empty'],
  ['an empty .npz', { 'a.npz': '' }, 'a.npz', 'a.npz: is empty'],
  ['an empty .csv', { 'a.csv': '' }, 'a.csv', 'a.csv: is empty'],
  ['an empty text file', { 'a.txt': '' }, 'a.txt', 'a.txt: is empty'],
  ['a .csv of a header only', { 'a.csv': 's0,s1,s2,s3,T\n' }, 'a.csv', 'holds no row of numbers'],
  ['a truncated .npy', { 'a_T2.npy': npyOf(set).subarray(0, 300) }, 'a_T2.npy', 'a_T2.npy: is truncated'],
  ['a truncated .npz', { 'a.npz': npz(npyOf(set)).subarray(0, 300) }, 'a.npz', 'truncated or damaged'],
  [
    'a truncated .csv',
    { 'a.csv': tableText(withT, ',').slice(0, -12) },
    'a.csv',
    /line 12 has \d columns?, expected 10/,
  ],
  [
    'a truncated column',
    { 'a.txt': columnText(3, 2, set.rows[0]).slice(0, -4) },
    'a.txt',
    'line 1 says L = 3, which makes 11 lines',
  ],
  ['text with .npy’s name', { 'a.npy': 'spins' }, 'a.npy', 'is no .npy file'],
  [
    'objects',
    { 'a.npz': npz(objects) },
    'a.npz',
    'a.npz: lattices.npy: holds Python objects, which only unpickling',
  ],
  ['a pickle', { 'a.pkl': '\x80' }, 'a.pkl', 'is a Python pickle, which is never opened; save the arrays'],
  ['a packed file', { 'a.txt.gz': '\x1f' }, 'a.txt.gz', 'is packed by gzip; unpack it first'],
  ['an unknown kind', { 'a.bin': Uint8Array.of(7, 0, 7) }, 'a.bin', 'is of no known kind; give .npy, .npz'],
  [
    'a vector',
    { 'a_T2.npy': vector([1, -1]) },
    'a_T2.npy',
    'has shape (2), expected square lattices (n, L, L)',
  ],
  [
    'a single number',
    { 'a_T2.npy': npyFile({ shape: [], values: [1], type: 'i1' }) },
    'a_T2.npy',
    'has shape ()',
  ],
  [
    'lattices that are not square',
    { 'a_T2.npy': shaped([12, 3, 4]) },
    'a_T2.npy',
    'has shape (12, 3, 4), expected square',
  ],
  [
    'flattened rows that are not square',
    { 'a_T2.npy': shaped([4, 10]) },
    'a_T2.npy',
    'has 4 rows of 10 numbers, which are no square lattices',
  ],
  ['four dimensions', { 'a_T2.npy': shaped([2, 6, 3, 3]) }, 'a_T2.npy', 'has shape (2, 6, 3, 3)'],
  ['L = 1', { 'a_T2.npy': shaped([12, 1, 1]) }, 'a_T2.npy', 'lattices of side 1, expected 2 or more'],
  ['L = 0', { 'a_T2.npy': shaped([12, 0, 0]) }, 'a_T2.npy', 'lattices of side 0'],
  ['no rows', { 'a_T2.npy': shaped([0, 3, 3]) }, 'a_T2.npy', 'holds no configuration (0 rows)'],
  ['no flattened rows', { 'a_T2.npy': shaped([0, 9]) }, 'a_T2.npy', 'holds no configuration (0 rows)'],
  [
    'another size than asked for',
    { 'a_T2.npy': npyOf(set) },
    'a_T2.npy',
    'holds lattices of L = 3, expected L = 4',
    { size: 4 },
  ],
  [
    'a spin of 2',
    { 'a.npz': npz(npyOf(set, 'f8', changed(13, 2))) },
    'a.npz',
    'a.npz: lattices: the value at [1, 1, 1] is 2, which is no spin; write spins as -1 and 1, or as 0 and 1',
  ],
  [
    'a spin of NaN',
    { 'a.npz': npz(npyOf(set, 'f8', changed(0, Number.NaN))) },
    'a.npz',
    'the value at [0, 0, 0] is NaN',
  ],
  [
    'both 0 and -1',
    { 'a.npz': npz(npyOf(set, 'f8', [0, -1, ...Array(106).fill(1)])) },
    'a.npz',
    'holds both 0 (at [0, 0, 0]) and -1 (at [0, 0, 1])',
  ],
  [
    'a wrong spin in text',
    { 'a_T2.txt': '1 0 1 1\n0 0 3 1\n' },
    'a_T2.txt',
    'the value at line 2, column 3 is 3, which is no spin',
  ],
  [
    'a wrong spin in a .csv',
    { 'a.csv': 's0,s1,s2,s3,T\n1,0,1,1,2\n1,0,5,1,2\n' },
    'a.csv',
    'the value at line 3, column 3 is 5',
  ],
  ['a wrong spin in a column', { 'a.txt': '2\n2.5\n1\n0\n7\n1\n' }, 'a.txt', 'the value at line 5 is 7'],
  [
    'a word in text',
    { 'a_T2.txt': '1 0 1 1\n0 up 0 1\n' },
    'a_T2.txt',
    'line 2, column 2 is "up", expected a number',
  ],
  ['uneven rows', { 'a_T2.txt': '1 0 1 1\n0 0 1\n' }, 'a_T2.txt', 'line 2 has 3 columns, expected 4'],
  [
    'two columns that are no spins',
    { 'a.csv': '2.5,1,0,1,3\n' },
    'a.csv',
    /line 1, column 5 is 3 and line 1, column 1 is 2.5; only one/,
  ],
  [
    'a temperature that cannot be told',
    { 'a.csv': '1,1,0,1,1\n1,0,0,1,1\n' },
    'a.csv',
    'neither the first nor the last can be told to be the temperature; add a header',
  ],
  [
    'two columns called T',
    { 'a.csv': 'T,s1,s2,s3,s4,temperature\n1,0,1,0,1,1\n' },
    'a.csv',
    'columns 1 and 6 are both called temperature',
  ],
  [
    'a column too many',
    { 'a.csv': 'T,s1,s2,s3,s4,E\n2,0,1,0,1,1\n' },
    'a.csv',
    'has 1 row of 5 numbers, which are no square lattices',
  ],
  [
    'a NaN temperature',
    { 'a.npz': npz(npyOf(set), temperaturesWith(4, Number.NaN)) },
    'a.npz',
    'temperature 5 of 12 is NaN; give temperatures above zero',
  ],
  [
    'an infinite temperature',
    { 'a.npz': npz(npyOf(set), temperaturesWith(0, Number.POSITIVE_INFINITY)) },
    'a.npz',
    'temperature 1 of 12 is Infinity',
  ],
  [
    'a negative temperature',
    { 'a.npz': npz(npyOf(set), temperaturesWith(11, -2)) },
    'a.npz',
    'temperature 12 of 12 is -2',
  ],
  [
    'a temperature of 0',
    { 'a.npy': npyOf(set), 'temperatures.txt': tText.replace('1.5', '0') },
    'a.npy',
    'temperatures.txt: temperature 1 of 12 is 0',
  ],
  ['a negative one in the name', { 'a_T=-2.npy': npyOf(set) }, 'a_T=-2.npy', 'the name of'],
  ['a NaN in a .csv', { 'a.csv': 's0,s1,s2,s3,T\n1,0,1,1,nan\n' }, 'a.csv', 'the temperature is NaN'],
  ['a NaN in a column', { 'a.txt': '2\nnan\n1\n0\n1\n1\n' }, 'a.txt', 'the temperature is NaN'],
  [
    'fewer temperatures',
    { 'a.npz': npz(npyOf(set), vector([1, 2, 3])) },
    'a.npz',
    'temperatures holds 3 temperatures for 12 configurations in lattices',
  ],
  [
    'fewer temperatures beside',
    { 'a.npy': npyOf(set), 'temperatures.txt': '1\n2\n' },
    'a.npy',
    /temperatures\.txt: holds 2 temperatures for the 12 configurations of .*a\.npy/,
  ],
  [
    'more temperatures beside',
    { 'a.npy': npyOf(set), 'a_temperatures.txt': `${tText}3\n` },
    'a.npy',
    'holds 13 temperatures for the 12 configurations',
  ],
  [
    'a table of temperatures',
    { 'a.npy': npyOf(set), 'temperatures.txt': '1 2\n2 3\n' },
    'a.npy',
    'temperatures.txt: has 2 columns, expected one temperature a line',
  ],
  [
    'a matrix of temperatures',
    { 'a.npy': npyOf(set), 'temperatures.npy': shaped([3, 4]) },
    'a.npy',
    'has shape (3, 4), expected one temperature for each configuration',
  ],
  [
    'no temperatures',
    { 'a.npy': npyOf(set) },
    'a.npy',
    /a\.npy: has no temperatures; write T into its name \(a_T2\.27\), or put them into a_temperatures\.npy/,
  ],
  ['no temperatures in a .npz', { 'a.npz': npzOf({ lattices: npyOf(set) }) }, 'a.npz', 'has no temperatures'],
  [
    'a file of temperatures that is missing',
    { 'a.npy': npyOf(set), 'grid.npy': '' },
    'a.npy',
    /no such file.*did you mean .*grid\.npy/,
    { temperatures: 'gird.npy' },
  ],
  [
    'one file of temperatures for two',
    { 'a.npy': npyOf(set), 'b.npy': npyOf(set), 'T.npy': temperaturesOf(set) },
    '.',
    'cannot serve several files',
    { temperatures: 'T.npy' },
  ],
  [
    'arrays whose roles cannot be told',
    { 'a.npz': npzOf({ w: shaped([2, 9]), v: shaped([12, 3, 3]) }) },
    'a.npz',
    'cannot tell which array holds the configurations; there are w (2, 9) |i1; v (12, 3, 3) |i1; save them as',
  ],
  [
    'vectors whose roles cannot be told',
    {
      'a.npz': npzOf({
        x: npyOf(set),
        a: vector(set.temperatures as number[]),
        b: vector(set.temperatures as number[]),
      }),
    },
    'a.npz',
    'cannot tell which array holds the temperatures',
  ],
  ['a .npz of nothing', { 'a.npz': zipFile([]) }, 'a.npz', 'holds no array'],
  [
    'sizes mixed in a folder of single lattices',
    { 'a.txt': columnText(3, 2, set.rows[0]), 'b.txt': columnText(2, 2, [1, 1, 1, -1]) },
    '.',
    /b\.txt: is a lattice of L = 2 in a folder of lattices of L = 3 \(.*a\.txt\)/,
  ],
  [
    'sizes mixed in a zip of single lattices',
    {
      'a.zip': zipFile([
        { name: 'x/a.txt', content: Buffer.from(columnText(3, 2, set.rows[0])) },
        { name: 'x/b.txt', content: Buffer.from(columnText(2, 2, [1, 1, 1, -1])) },
      ]),
    },
    'a.zip',
    'a.zip: x/b.txt: is a lattice of L = 2',
  ],
  [
    'a zip of other things',
    { 'a.zip': zipFile([{ name: 'plot.png', content: Buffer.from('x') }]) },
    'a.zip',
    'holds no .npy, .csv or .txt file',
  ],
  [
    'a folder of other things',
    { 'plot.png': 'x', 'README.md': 'x' },
    '.',
    'holds no usable file (only plot.png); give .npy',
  ],
  [
    'only cold configurations',
    { 'a.npz': npz(npyOf(set)) },
    'a.npz',
    /a\.npz \(L = 3\): no configuration of the disordered phase: all 12 have T from 1\.5 to 3\.125; add configurations above T = 4/,
    { criticalTemperature: 4 },
  ],
  [
    'only hot configurations',
    { 'a.npz': npz(npyOf(set)) },
    'a.npz',
    'no configuration of the ordered phase',
    { criticalTemperature: 1.5 },
  ],
  [
    'too few of a phase',
    { 'a.npz': npz(npyOf(set), temperaturesWith(11, 9)) },
    'a.npz',
    'too few configurations of the disordered phase',
    { criticalTemperature: 5 },
  ],
  [
    'too few for the splits',
    { 'a_T2.txt': '1 0 1 1\n' },
    'a_T2.txt',
    '1 configuration is too few for train, validation, test: validation gets none',
  ],
];

describe('openLattices refuses, in one line', () => {
  it.each(cases)('%s', async (_, files, source, message, more) => {
    const folder = await folderWith(files);
    const opened = openLattices(join(folder, source), {
      random: new RandomStream(1),
      splits: { train: 0.5, validation: 0.25, test: 0.25 },
      ...more,
    });
    const error = await opened.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(error).toBeInstanceOf(UserError);
    const line = (error as UserError).message;
    expect(line).toMatch(
      typeof message === 'string' ? new RegExp(message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : message,
    );
    expect(line).toContain(folder.split('/').at(-1));
    expect(line).not.toContain('\n');
    expect((error as UserError).how).toBeTruthy();
  });

  const splits = { train: 0.5, validation: 0.25, test: 0.25 };
  const open = (path: string) => openLattices(path, { random: new RandomStream(1), splits });

  it('a path that does not exist, with the near names', async () => {
    const folder = await folderWith({ 'lattices.npz': npz(npyOf(set)) });
    await expect(open(join(folder, 'latices.npz'))).rejects.toThrow(
      /no such file or folder; did you mean .*lattices\.npz\?/,
    );
  });

  it('an empty folder, and devices, which have no end', async () => {
    await expect(open(await folderWith({}))).rejects.toThrow('is an empty folder');
    await expect(open('/dev/zero')).rejects.toThrow(UserError);
  });

  // The superuser may read everything.
  it.skipIf(process.getuid?.() === 0)('files and folders that may not be read', async () => {
    const folder = await folderWith({ 'a.npz': npz(npyOf(set)) });
    await chmod(join(folder, 'a.npz'), 0);
    await expect(open(join(folder, 'a.npz'))).rejects.toThrow('no permission to read it');
    await mkdir(join(folder, 'closed'), { mode: 0 });
    await expect(open(join(folder, 'closed'))).rejects.toThrow('no permission to read it');
  });
});
