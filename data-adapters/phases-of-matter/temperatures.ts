// Temperatures that stand apart from their configurations: in a file beside them, or in the file's own name.
import { UserError } from '../../core/errors.ts';
import type { ByteSource } from '../formats/byte-source.ts';
import { readCsv } from '../formats/csv.ts';
import { readNpy } from '../formats/npy.ts';
import { readTextTable } from '../formats/text-table.ts';
import type { LatticeFile } from './lattice-files.ts';
import { isTemperatureName, temperatureInName } from './temperature-names.ts';

const endings = ['.npy', '.txt', '.csv', '.dat'];

/** Temperatures and where they were found. */
export interface Temperatures {
  /** One for each configuration, or a single one for all of a file. */
  readonly values: Float64Array;
  readonly where: string;
  /** The file that they were read from; absent when they stand in a name. */
  readonly path?: string;
  readonly forAll: boolean;
}

/**
 * The numbers of a file of temperatures: a .npy vector, or text or CSV with one column (or one row, or a column called
 * T or temperature).
 *
 * @throws UserError when it holds anything else
 */
export async function readTemperatures(source: ByteSource): Promise<Float64Array> {
  const where = source.name;
  if (where.toLowerCase().endsWith('.npy')) {
    const { shape, data } = await readNpy(source);
    if (shape.filter((n) => n !== 1).length > 1) {
      throw new UserError({
        what: `has shape (${shape.join(', ')}), expected one temperature for each configuration`,
        where,
        how: 'save a vector',
      });
    }
    return Float64Array.from(data);
  }
  const values: number[] = [];
  for await (const table of /\.[ct]sv$/i.test(where) ? readCsv(source) : readTextTable(source)) {
    const { columns, rows } = table;
    const named = table.header?.findIndex(isTemperatureName) ?? -1;
    const oneRow = values.length === 0 && rows === 1;
    if (named < 0 && columns > 1 && !oneRow) {
      throw new UserError({
        what: `has ${columns} columns, expected one temperature a line`,
        where,
        how: 'keep the column of temperatures, or name it T in a header',
      });
    }
    if (named < 0) for (const value of table.values) values.push(value);
    else for (let row = 0; row < rows; row++) values.push(table.values[row * columns + named]);
  }
  return Float64Array.from(values);
}

async function beside(file: LatticeFile, stem: string): Promise<Temperatures | undefined> {
  for (const ending of endings) {
    const found = await file.sibling(`${stem}${ending}`);
    if (found !== undefined) {
      const values = await readTemperatures(found.source);
      return { values, where: found.source.name, path: found.path, forAll: false };
    }
  }
  return undefined;
}

/** The temperature in a file's name, for all its configurations. */
export function temperaturesInName(file: LatticeFile): Temperatures | undefined {
  const value = temperatureInName(file.stem);
  return value === undefined
    ? undefined
    : { values: Float64Array.of(value), where: `the name of ${file.source.name}`, forAll: true };
}

/** Temperatures of a file that holds none: `<name>_temperatures.*`, its name, or `temperatures.*` beside it. */
export async function findTemperatures(file: LatticeFile): Promise<Temperatures | undefined> {
  return (
    (await beside(file, `${file.stem}_temperatures`)) ??
    temperaturesInName(file) ??
    (await beside(file, 'temperatures'))
  );
}

/**
 * One valid temperature for each of `count` configurations.
 *
 * @throws UserError when their number differs, and for one that is NaN, infinite, negative or zero (naming which)
 */
export function checkTemperatures(found: Temperatures, count: number, lattices: string): Float64Array {
  const { values, where, forAll } = found;
  if (!forAll && values.length !== count) {
    throw new UserError({
      what: `holds ${values.length} temperature${values.length === 1 ? '' : 's'} for the ${count} configuration${count === 1 ? '' : 's'} of ${lattices}`,
      where,
      how: 'give one temperature for each configuration, in the same order',
    });
  }
  const wrong = values.findIndex((value) => !Number.isFinite(value) || value <= 0);
  if (wrong >= 0) {
    const which = values.length === 1 ? 'the temperature' : `temperature ${wrong + 1} of ${values.length}`;
    throw new UserError({
      what: `${which} is ${values[wrong]}`,
      where,
      how: 'give temperatures above zero, in units of J/k_B',
    });
  }
  return forAll ? new Float64Array(count).fill(values[0]) : values;
}
