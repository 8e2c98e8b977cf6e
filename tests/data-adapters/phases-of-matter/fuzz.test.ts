// Damaged files of every kind: the answer is a dataset of spins and temperatures, or a UserError.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { openLattices, readLattice } from '../../../data-adapters/phases-of-matter/index.ts';
import { answer, damage, trials } from '../formats/damage.ts';
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

const set = randomLattices(3, [1.5, 3.125], 4);
const withT = set.rows.map((row, i) => [...row, set.temperatures[i]]);
const column = Buffer.from(columnText(3, 1.5, set.rows[0]));
const files: [string, Uint8Array][] = [
  ['a.npz', npzOf({ lattices: npyOf(set), temperatures: temperaturesOf(set) })],
  ['a_T2.npy', npyFile({ shape: [8, 3, 3], values: set.rows.flat(), type: 'i1', fortranOrder: true })],
  [
    'a.csv',
    Buffer.from(tableText([['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'T'] as never, ...withT], ',')),
  ],
  ['a_T2.txt', Buffer.from(tableText(zeroOne(set.rows)))],
  ['b.txt', Buffer.from(tableText(withT))],
  ['c.txt', column],
  [
    'a.zip',
    zipFile([
      { name: 'x/1.txt', content: column },
      { name: 'x/2.txt', content: column, stored: true },
    ]),
  ],
];

describe('damaged', () => {
  it.each(files)('%s', async (name, good) => {
    const path = join(await folderWith({}), name);
    const memory = process.resourceUsage().maxRSS;
    const splits = { train: 1, validation: 0, test: 0 };
    await fc.assert(
      fc.asyncProperty(damage(good), async (bytes) => {
        await writeFile(path, bytes);
        const parts = await answer(() => openLattices(path, { random: new RandomStream(1), splits }));
        for (const { rows, columns } of Object.values(parts ?? {})) {
          expect(rows).toBeGreaterThan(0);
          expect(columns.spins.data.every((spin) => spin === 1 || spin === -1)).toBe(true);
          expect(columns.temperature.data.every((t) => t > 0 && Number.isFinite(t))).toBe(true);
        }
        for (const { spins, size } of (await answer(() => readLattice(path))) ?? [])
          expect(spins.length).toBe(size * size);
      }),
      trials(80),
    );
    // Files of some hundred bytes: far less than what a hostile length would ask for, far more than the trials need.
    expect(process.resourceUsage().maxRSS - memory).toBeLessThan(400 * 1024);
  });
});
