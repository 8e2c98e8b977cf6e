// Small sets of random lattices, written in the formats that people keep them in.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RandomStream } from '../../../core/random.ts';
import { npyFile } from '../formats/npy-fixtures.ts';
import { zipFile } from '../formats/zip-fixtures.ts';

export interface Lattices {
  readonly size: number;
  /** One row of spins of -1 and 1 for each configuration. */
  readonly rows: readonly (readonly number[])[];
  readonly temperatures: readonly number[];
}

/** `perTemperature` random lattices at each temperature; the first spin of all is -1, so that the convention shows. */
export function randomLattices(
  size: number,
  temperatures: readonly number[],
  perTemperature: number,
): Lattices {
  const random = new RandomStream('lattices', size);
  const all = temperatures.flatMap((t) => Array.from({ length: perTemperature }, () => t));
  const rows = all.map(() => Array.from({ length: size * size }, () => 2 * random.integer(2) - 1));
  rows[0][0] = -1;
  return { size, rows, temperatures: all };
}

export const zeroOne = (rows: Lattices['rows']): number[][] =>
  rows.map((row) => row.map((spin) => (spin + 1) / 2));

/** A folder of its own with the given files; a name may hold folders. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lattices-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

export const npyOf = ({ size, rows }: Lattices, type = 'f8', values = rows.flat()): Uint8Array =>
  npyFile({ shape: [rows.length, size, size], values, type });
export const temperaturesOf = ({ temperatures }: Lattices): Uint8Array =>
  npyFile({ shape: [temperatures.length], values: temperatures, type: 'f8' });

/** A .npz as numpy.savez_compressed writes it. */
export const npzOf = (arrays: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipFile(Object.entries(arrays).map(([key, content]) => ({ name: `${key}.npy`, content })));

/** A configuration as emauri/ising-model-nn writes it: L, T and the spins, 0 or 1, a line each. */
export const columnText = (size: number, temperature: number, spins: readonly number[]): string =>
  `${[size, temperature.toFixed(3), ...spins.map((spin) => (spin + 1) / 2)].join('\n')}\n`;

export const tableText = (rows: readonly (readonly number[])[], separator = ' '): string =>
  `${rows.map((row) => row.join(separator)).join('\n')}\n`;
