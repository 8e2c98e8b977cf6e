import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { readLattice } from '../../../data-adapters/phases-of-matter/index.ts';
import { npyFile } from '../formats/npy-fixtures.ts';
import { zipFile } from '../formats/zip-fixtures.ts';
import {
  columnText,
  folderWith,
  npyOf,
  npzOf,
  randomLattices,
  tableText,
  temperaturesOf,
  zeroOne,
} from './lattice-fixtures.ts';

const set = randomLattices(4, [1.5, 3], 2);
const [first] = set.rows;
const matrix = (row: readonly number[]) => [0, 1, 2, 3].map((i) => row.slice(4 * i, 4 * i + 4));
const read = async (name: string, content: string | Uint8Array) =>
  readLattice(join(await folderWith({ [name]: content }), name));
const spinsOf = (row: readonly number[]) => Int8Array.from(row);

describe('readLattice', () => {
  it.each([
    ['a.txt', tableText(matrix(first))],
    ['a.csv', tableText(matrix(zeroOne([first])[0]), ',')],
    ['a.npy', npyFile({ shape: [4, 4], values: first, type: 'i1' })],
    ['a.npy', npyFile({ shape: [1, 4, 4], values: first, type: 'f8' })],
    ['a.txt', tableText([first])],
    ['a.txt', tableText(first.map((spin) => [spin]))],
    ['a.npz', npzOf({ lattice: npyFile({ shape: [4, 4], values: first, type: 'f4' }) })],
  ])('reads one lattice from %s', async (name, content) => {
    const label = name;
    expect(await read(name, content)).toEqual([{ spins: spinsOf(first), size: 4, name: label }]);
  });

  it.each([
    ['a.txt', columnText(4, 2.5, first)],
    ['a.csv', tableText([[...first, 2.5]], ',')],
    ['a_T2.5.txt', tableText(matrix(first))],
    ['a_T=2.5.npy', npyFile({ shape: [4, 4], values: first, type: 'i1' })],
  ])('reads its temperature from %s', async (name, content) => {
    expect(await read(name, content)).toEqual([{ spins: spinsOf(first), size: 4, name, temperature: 2.5 }]);
  });

  it.each([
    ['a.npy', npyOf(set), false],
    ['a.npz', npzOf({ lattices: npyOf(set), temperatures: temperaturesOf(set) }), true],
    [
      'a.csv',
      tableText(
        set.rows.map((row, i) => [...row, set.temperatures[i]]),
        ',',
      ),
      true,
    ],
    ['a.txt', tableText(set.rows), false],
  ])('reads several from %s, numbered', async (name, content, temperatures) => {
    expect(await read(name, content)).toEqual(
      set.rows.map((row, i) => ({
        spins: spinsOf(row),
        size: 4,
        name: `${name} [${i + 1}]`,
        ...(temperatures && { temperature: set.temperatures[i] }),
      })),
    );
  });

  it('reads a folder and an archive, of any sizes', async () => {
    const small = [1, 1, 1, -1];
    const folder = await folderWith({
      'x/a.txt': tableText(matrix(first)),
      'y/b.zip': zipFile([{ name: 'run/c.txt', content: Buffer.from(columnText(2, 2, small)) }]),
    });
    expect(await readLattice(folder)).toEqual([
      { spins: spinsOf(first), size: 4, name: 'a.txt' },
      { spins: spinsOf(small), size: 2, name: 'c.txt', temperature: 2 },
    ]);
  });

  it('takes n rows of n spins for one lattice, also when n is a square', async () => {
    expect((await read('a.txt', tableText(Array.from({ length: 4 }, () => [1, 1, -1, 1]))))[0].size).toBe(4);
    expect((await read('a.txt', tableText(Array.from({ length: 5 }, () => [1, 1, -1, 1, 1]))))[0].size).toBe(
      5,
    );
  });

  it.each([
    ['a.txt', '', 'is empty'],
    ['a.txt', '1 0\n1 2\n', 'the value at line 2, column 2 is 2, which is no spin'],
    [
      'a.txt',
      tableText([...Array.from({ length: 4 }, () => [1, 0, 0, 1, 0]), [1, 0, 0, 1, 9]]),
      'the value at line 5, column 5 is 9, which is no spin',
    ],
    ['a.txt', '1 0 1\n1 0 0\n', 'has 2 rows of 3 numbers, which are no square lattices'],
    ['a.txt', '1\n0\n1\n', 'has one column of 3 spins, which is no square lattice'],
    [
      'a.npy',
      npyFile({ shape: [16], values: first, type: 'i1' }),
      'has shape (16), expected square lattices',
    ],
    ['a.csv', tableText([[...first, -2.5]], ','), 'the temperature is -2.5'],
    ['a.png', Uint8Array.of(0x89, 0x50, 0), 'is of no known kind'],
  ])('refuses %s (%#)', async (name, content, message) => {
    await expect(read(name, content)).rejects.toThrow(UserError);
    await expect(read(name, content)).rejects.toThrow(message);
  });
});
