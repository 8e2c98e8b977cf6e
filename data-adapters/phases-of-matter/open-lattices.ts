// Somebody's Ising configurations as datasets, one for each lattice size: reads the files, pairs them with their
// temperatures, splits by temperature, and gives both signs of the magnetisation equal weight.
import { access } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { RandomStream } from '../../core/random.ts';
import { Dataset, type Parts } from '../dataset.ts';
import type { Folds } from '../folds.ts';
import { fileSource, pathKind } from '../formats/source-file.ts';
import { checkPhases } from './check-phases.ts';
import { type Configurations, countOf } from './configurations.ts';
import { type Found, type LatticeFile, latticeFiles } from './lattice-files.ts';
import { describeFiles } from './provenance.ts';
import { readLatticeFile } from './read-file.ts';
import { type Shares, stratifiedSplits } from './splits.ts';
import { checkTemperatures, findTemperatures, readTemperatures, type Temperatures } from './temperatures.ts';

/** What to make of the files. */
export interface LatticeOptions {
  /** Stream for the splits and the flips. */
  readonly random: RandomStream;
  readonly splits: Shares;
  /** Of a cross-validation; the shares of train and validation are of what it leaves. */
  readonly folds?: Folds;
  /**
   * Flips each configuration as a whole with probability 1/2. Default true: the Hamiltonian does not know the sign, but
   * sets whose author fixed it (all m <= 0, say) would teach a network to look at it.
   */
  readonly symmetrise?: boolean;
  /** When given, there must be configurations below and above it. In units of J/k_B. */
  readonly criticalTemperature?: number;
  /** File of the temperatures, one for each configuration, relative to the working folder or to the source. */
  readonly temperatures?: string;
  /** Side of the lattices, where n rows of n spins may be read in two ways. */
  readonly size?: number;
  /** Stops the reading between two files. */
  readonly signal?: AbortSignal;
}

/** One file's configurations with a temperature for each. */
interface Labelled extends Configurations {
  readonly temperatures: Float64Array;
  /** Files on disk that they came from. */
  readonly paths: readonly string[];
  readonly folder: string;
}

/** The file of temperatures: as the path says, or else beside the configurations. */
async function temperatureFile(source: string, given: string): Promise<string> {
  const isThere = await access(given).then(
    () => true,
    () => false,
  );
  if (isThere || isAbsolute(given)) return given;
  return join((await pathKind(source)) === 'folder' ? source : dirname(source), given);
}

async function label(
  file: LatticeFile,
  given: Temperatures | undefined,
  options: LatticeOptions,
): Promise<Labelled> {
  const apart = given ?? (file.kind === 'npz' ? undefined : await findTemperatures(file));
  const hints = { size: options.size, temperatures: apart?.forAll ? undefined : apart?.values.length };
  const found = await readLatticeFile(file, hints);
  const own = found.temperatures && { values: found.temperatures, where: found.where, forAll: false };
  const temperatures: Temperatures | undefined = given ?? own ?? apart ?? (await findTemperatures(file));
  if (temperatures === undefined) {
    throw new UserError({
      what: 'has no temperatures',
      where: found.where,
      how: `write T into its name (${file.stem}_T2.27), or put them into ${file.stem}_temperatures.npy or .txt beside it, or set source.temperatures`,
    });
  }
  return {
    ...found,
    temperatures: checkTemperatures(temperatures, countOf(found), found.where),
    paths: temperatures.path === undefined ? [file.path] : [file.path, temperatures.path],
    folder: file.folder,
  };
}

/** Files of one configuration each make one set, and must agree in L within a folder. */
class SizeCheck {
  private readonly first = new Map<string, Labelled>();

  add(found: Labelled): void {
    if (countOf(found) > 1) return;
    const other = this.first.get(found.folder) ?? found;
    this.first.set(found.folder, other);
    if (other.size !== found.size) {
      throw new UserError({
        what: `is a lattice of L = ${found.size} in a folder of lattices of L = ${other.size} (${other.where})`,
        where: found.where,
        how: 'put each size into a folder of its own',
      });
    }
  }
}

async function readAll(source: string, options: LatticeOptions, ignored: string[]): Promise<Labelled[]> {
  const given = options.temperatures;
  const path = given === undefined ? undefined : await temperatureFile(source, given);
  const temperatures: Temperatures | undefined =
    path === undefined
      ? undefined
      : { values: await readTemperatures(await fileSource(path)), where: path, path, forAll: false };
  const found: Found = { ignored };
  const all: Labelled[] = [];
  const sizes = new SizeCheck();
  for await (const file of latticeFiles(source, found, path && resolve(path))) {
    options.signal?.throwIfAborted();
    if (temperatures !== undefined && all.length > 0) {
      throw new UserError({
        what: `${path} cannot serve several files (${all[0].where}, ${file.source.name})`,
        where: source,
        how: 'name one file, or put <name>_temperatures.npy or .txt beside each',
      });
    }
    const labelled = await label(file, temperatures, options);
    sizes.add(labelled);
    all.push(labelled);
  }
  return all;
}

function flip(spins: Int8Array, sites: number, random: RandomStream): void {
  for (let start = 0; start < spins.length; start += sites) {
    if (random.uniform() < 0.5) for (let i = start; i < start + sites; i++) spins[i] = -spins[i];
  }
}

function joinAll(all: readonly Labelled[], sites: number): { spins: Int8Array; temperature: Float64Array } {
  const rows = all.reduce((sum, { temperatures }) => sum + temperatures.length, 0);
  const spins = new Int8Array(rows * sites);
  const temperature = new Float64Array(rows);
  let row = 0;
  for (const part of all) {
    spins.set(part.spins, row * sites);
    temperature.set(part.temperatures, row);
    row += part.temperatures.length;
  }
  return { spins, temperature };
}

/**
 * Opens configurations of the Ising model on square L x L lattices: `L10`, `L20`, ... each with the columns `spins`
 * (Int8Array of -1 and +1, shape [L, L]) and `temperature` (Float64Array, J/k_B). Rows stand in the order of the files.
 *
 * @param source a .npz, .npy, .csv, .txt or .zip file, or a folder of such files
 * @throws UserError naming the file and place of whatever is wrong
 */
export async function openLattices(source: string, options: LatticeOptions): Promise<Parts> {
  const { random, splits, folds, symmetrise = true, criticalTemperature } = options;
  const ignored: string[] = [];
  const all = await readAll(source, options, ignored);
  const notes = [
    'a value of 0 or false, where there is one, was read as spin -1',
    'split by configuration, in equal proportion at every temperature',
    ...(symmetrise
      ? [
          'each configuration was flipped as a whole with probability 1/2, as the symmetry of the Hamiltonian allows',
        ]
      : []),
    ...(ignored.length > 0
      ? [
          `passed over: ${ignored.slice(0, 10).join(', ')}${ignored.length > 10 ? ` and ${ignored.length - 10} more` : ''}`,
        ]
      : []),
  ];
  const parts: Record<string, Dataset> = {};
  for (const size of [...new Set(all.map((found) => found.size))].sort((a, b) => a - b)) {
    const name = `L${size}`;
    const own = all.filter((found) => found.size === size);
    const { spins, temperature } = joinAll(own, size * size);
    if (symmetrise) flip(spins, size * size, random.split('symmetrise', name));
    const dataset = new Dataset(
      { spins: { data: spins, shape: [size, size] }, temperature: { data: temperature, shape: [] } },
      stratifiedSplits(temperature, splits, random.split('splits', name), folds),
      {
        kind: 'files',
        source,
        files: await describeFiles(
          own.flatMap(({ paths }) => paths),
          source,
        ),
        notes,
      },
    );
    checkPhases(dataset, splits, criticalTemperature, `${source} (L = ${size})`);
    parts[name] = dataset;
  }
  return parts;
}
