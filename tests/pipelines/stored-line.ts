// The tests' domain with its data on disk: the same points and lines, written by `openPart` and read back.
import { type Column, Dataset, type Parts, type SplitName, splitNames } from '../../data-adapters/dataset.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import { type Domain, defineDomain, type PrepareContext } from '../../domains/domain.ts';
import { noisyLine } from './noisy-line.ts';

const columns = {
  x: { type: 'float64', shape: [] },
  y: { type: 'float64', shape: [] },
  positive: { type: 'uint8', shape: [] },
} as const;

async function store(parts: Parts, context: PrepareContext<unknown>): Promise<Parts<StoredDataset>> {
  const stored: Record<string, StoredDataset> = {};
  for (const [name, dataset] of Object.entries(parts)) {
    const writer = await context.openPart(name, columns);
    for (const split of splitNames) {
      const taken = dataset.take(dataset.splits[split]);
      const values = Object.entries(taken.columns).map(([column, { data }]) => [column, data] as const);
      await writer.write(split, taken.size, Object.fromEntries(values));
    }
    stored[name] = await writer.finish(dataset.provenance);
  }
  return stored;
}

/** Rows of all splits in memory. */
async function load(parts: Parts<StoredDataset>): Promise<Parts> {
  const loaded: Record<string, Dataset> = {};
  for (const [name, part] of Object.entries(parts)) {
    const read: Record<string, Column> = {};
    for (const column of Object.keys(columns)) {
      const pieces: number[] = [];
      for (const split of splitNames) pieces.push(...(await part.splits[split].column(column)));
      read[column] = { data: Float64Array.from(pieces), shape: [] };
    }
    let first = 0;
    const rows = (split: SplitName): Uint32Array => {
      const numbers = Uint32Array.from({ length: part.splits[split].length }, (_, i) => first + i);
      first += numbers.length;
      return numbers;
    };
    const splits = { train: rows('train'), validation: rows('validation'), test: rows('test') };
    loaded[name] = new Dataset(read, splits, part.provenance);
  }
  return loaded;
}

/** Set to make `simulate` fail after its first part. */
export const trouble: { afterFirstPart?: Error } = {};

const inMemory: Domain = noisyLine;

export const storedLine = defineDomain({
  ...inMemory,
  name: 'stored-line',
  async simulate(context): Promise<Parts<StoredDataset>> {
    const parts = await inMemory.simulate(context);
    const stored = await store(parts, context);
    if (trouble.afterFirstPart !== undefined) {
      await context.openPart('unfinished', columns);
      throw trouble.afterFirstPart;
    }
    return stored;
  },
  open: async (source, context) => store(await inMemory.open(source, context), context),
  train: async (parts, context) => inMemory.train(await load(parts), context),
  evaluate: async (parts, context) => inMemory.evaluate(await load(parts), context),
});
