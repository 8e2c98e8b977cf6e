// What the hidden units look at: the number that each receives, w . x + b, against the lattice's magnetisation (paper,
// figure 5 of version 1, where three units suffice).
import type { Dataset } from '../../data-adapters/dataset.ts';
import type { Models } from '../domain.ts';
import type { HiddenPoint } from './curves.ts';
import { hiddenOutput, networkInput } from './network.ts';
import { magnetisations } from './observables.ts';
import { sizeOfNetwork } from './parts.ts';

/** Lattices that are looked at, and ranges that their magnetisations fall into. */
const most = 3000;
const bins = 21;

/**
 * Means over ranges of magnetisation of every hidden unit's input, of the first network of the dataset's lattice size.
 *
 * @returns nothing for a model file without that output
 */
export async function hiddenUnits(dataset: Dataset, models: Models): Promise<HiddenPoint[]> {
  const size = dataset.column('spins').shape[0];
  const id = models.ids.find((name) => sizeOfNetwork(name) === size);
  if (id === undefined) return [];
  const { test } = dataset.splits;
  const stride = Math.max(1, Math.ceil(test.length / most));
  const rows = test.filter((_, i) => i % stride === 0);
  const { spins } = dataset.take(rows, ['spins']).columns;
  const { [hiddenOutput]: hidden } = await models.run(id, {
    [networkInput]: {
      dtype: 'int32',
      shape: [rows.length, ...spins.shape],
      data: Int32Array.from(spins.data),
    },
  });
  if (hidden === undefined) return [];
  const units = hidden.shape[1];
  const sums = Array.from({ length: bins }, () => new Float64Array(units));
  const counts = new Uint32Array(bins);
  magnetisations(dataset, rows).forEach((m, row) => {
    const bin = Math.min(bins - 1, Math.floor(((m + 1) / 2) * bins));
    counts[bin]++;
    for (let unit = 0; unit < units; unit++) sums[bin][unit] += hidden.data[row * units + unit];
  });
  return sums.flatMap((sum, bin) =>
    counts[bin] === 0
      ? []
      : Array.from(sum, (total, unit) => ({
          unit,
          magnetisation: (2 * (bin + 0.5)) / bins - 1,
          input: total / counts[bin],
        })),
  );
}
