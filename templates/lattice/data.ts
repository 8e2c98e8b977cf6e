// The adapter: arrays of configurations with a temperature for each. Edit it for your own files.
import { join } from 'node:path';
import { type RandomStream, UserError } from 'deepfield';
import {
  Dataset,
  describeFile,
  fileSource,
  type NpyArray,
  type Provenance,
  readNpy,
} from 'deepfield/data-adapters';
import type { Config } from './network.ts';

/** Square configurations of one size, one after another. */
export interface Configurations {
  /** Spins, or any numbers: [count, size, size]. */
  readonly values: Float32Array;
  readonly size: number;
  /** A temperature, or whatever else drives the change, for each. */
  readonly temperatures: Float32Array;
}

const numbers = ({ data }: NpyArray): Float32Array => Float32Array.from(data, Number);

/** Configurations of a .npy file, [count, L, L] or [L, L]. @throws UserError for another shape */
export async function readConfigurations(path: string): Promise<Pick<Configurations, 'values' | 'size'>> {
  const array = await readNpy(await fileSource(path));
  const [height, width] = array.shape.slice(-2);
  if (height === width && [2, 3].includes(array.shape.length)) return { values: numbers(array), size: width };
  throw new UserError({
    what: `has the shape (${array.shape.join(', ')})`,
    where: path,
    how: 'give (count, L, L): square configurations, one after another',
  });
}

/** configurations.npy and temperatures.npy of a folder. @throws UserError when there is not a temperature for each */
export async function readFolder(folder: string): Promise<Configurations> {
  const { values, size } = await readConfigurations(join(folder, 'configurations.npy'));
  const path = join(folder, 'temperatures.npy');
  const temperatures = numbers(await readNpy(await fileSource(path)));
  const count = values.length / size ** 2;
  if (temperatures.length === count) return { values, size, temperatures };
  const what = `has ${temperatures.length} temperatures for ${count} configurations`;
  throw new UserError({ what, where: path, how: 'give one for each, in their order' });
}

/** Turns one cluster of like neighbours over, and says how many spins it has: U. Wolff, Phys. Rev. Lett. 62, 361 (1989). */
function turnCluster(spins: Float32Array, size: number, bond: number, random: RandomStream): number {
  const stack = [random.integer(spins.length)];
  const own = spins[stack[0]];
  spins[stack[0]] = -own;
  let turned = 0;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    turned += 1;
    const [x, row] = [at % size, at - (at % size)];
    const right = row + ((x + 1) % size);
    const left = row + ((x + size - 1) % size);
    const below = (at + size) % spins.length;
    const above = (at + spins.length - size) % spins.length;
    for (const next of [right, left, below, above]) {
      if (spins[next] !== own || random.uniform() >= bond) continue;
      spins[next] = -own;
      stack.push(next);
    }
  }
  return turned;
}

/**
 * The square Ising model with periodic boundaries, J = kB = 1, at temperatures from 1.2 to 3.4. Its transition is known: Onsager's
 * 2 / ln(1 + sqrt 2) = 2.269 for a lattice without end.
 */
export function generate(
  size: number,
  each: number,
  random: RandomStream,
  signal?: AbortSignal,
): Configurations {
  const steps = 45;
  const area = size ** 2;
  const temperatures = new Float32Array(steps * each);
  const values = new Float32Array(temperatures.length * area);
  const spins = new Float32Array(area).fill(1);
  // Up from the ordered state: each temperature begins where the one before ended.
  for (let t = 0; t < steps; t++) {
    signal?.throwIfAborted();
    const temperature = 1.2 + (2.2 * t) / (steps - 1);
    const bond = 1 - Math.exp(-2 / temperature);
    for (let i = -10; i < each; i++) {
      // As many spins are turned as make another configuration.
      for (let turned = 0; turned < 2 * area; ) turned += turnCluster(spins, size, bond, random);
      if (i < 0) continue;
      temperatures[t * each + i] = temperature;
      values.set(spins, (t * each + i) * area);
    }
  }
  return { values, size, temperatures };
}

/**
 * The dataset of configurations, divided at random. All belong to the test split where `purpose` is evaluation.
 *
 * @throws UserError when there is nothing to learn either phase from
 */
export function toDataset(
  { values, size, temperatures }: Configurations,
  provenance: Provenance,
  { config, random, purpose }: { config: Config; random: RandomStream; purpose: 'training' | 'evaluation' },
): Dataset {
  const { below, above, test: testShare, validation: validationShare } = config;
  const sides = [temperatures.filter((t) => t <= below), temperatures.filter((t) => t >= above)];
  if (purpose === 'training' && sides.some(({ length }) => length < 10)) {
    const what = `has ${sides[0].length} configurations at or below ${below} and ${sides[1].length} at or above ${above}`;
    const how = 'say where the phases are sure: --set below=... --set above=...';
    throw new UserError({ what, where: provenance.source, how });
  }
  const order = random.split('split').permutation(temperatures.length);
  const shares = purpose === 'evaluation' ? [1, 0] : [testShare, validationShare];
  const [test, validation] = shares.map((share) => Math.round(share * temperatures.length));
  return new Dataset(
    { values: { data: values, shape: [size, size] }, temperature: { data: temperatures, shape: [] } },
    {
      test: order.slice(0, test).sort(),
      validation: order.slice(test, test + validation).sort(),
      train: order.slice(test + validation).sort(),
    },
    provenance,
  );
}

/** Where a folder's arrays came from, for the report. */
export async function provenanceOf(folder: string): Promise<Provenance> {
  const files = ['configurations.npy', 'temperatures.npy'].map((name) => describeFile(join(folder, name)));
  return { kind: 'files', source: folder, files: await Promise.all(files), notes: [] };
}
