// The networks' answers for the lattices of a dataset.
import type { Dataset } from '../../data-adapters/dataset.ts';
import type { Models } from '../domain.ts';
import { networkInput, orderedOutput } from './network.ts';
import { sizeOfNetwork } from './parts.ts';

/** What the networks of one lattice size say of some rows. */
export interface Outputs {
  readonly size: number;
  readonly temperatures: Float64Array;
  /** For each network the probability of the ordered phase, row by row. */
  readonly ordered: readonly Float64Array[];
}

/** One network's probability of the ordered phase for the given rows. */
export async function orderedProbability(
  dataset: Dataset,
  rows: Uint32Array,
  run: (inputs: Parameters<Models['run']>[1]) => ReturnType<Models['run']>,
): Promise<Float64Array> {
  const { spins } = dataset.take(rows, ['spins']).columns;
  const data = Int32Array.from(spins.data);
  const { [orderedOutput]: answers } = await run({
    [networkInput]: { dtype: 'int32', shape: [rows.length, ...spins.shape], data },
  });
  return Float64Array.from(answers.data);
}

/** The answers of every network of the dataset's lattice size for the given rows. */
export async function outputsOf(dataset: Dataset, rows: Uint32Array, models: Models): Promise<Outputs> {
  const size = dataset.column('spins').shape[0];
  const all = dataset.column('temperature').data;
  const ordered: Float64Array[] = [];
  for (const id of models.ids.filter((name) => sizeOfNetwork(name) === size)) {
    ordered.push(await orderedProbability(dataset, rows, (inputs) => models.run(id, inputs)));
  }
  return { size, temperatures: Float64Array.from(rows, (row) => all[row]), ordered };
}
