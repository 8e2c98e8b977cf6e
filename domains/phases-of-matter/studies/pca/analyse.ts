// What the principal components of one lattice size are worth: how much they explain, what the first one is, and how well
// two clusters along it tell the phases apart.
import { bootstrapInterval } from '../../../../core/metrics/bootstrap.ts';
import { wilsonInterval } from '../../../../core/metrics/proportion.ts';
import type { RandomStream } from '../../../../core/random.ts';
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { Estimate, Figure } from '../../../domain.ts';
import { bestThreshold } from '../../baselines/magnetisation-threshold.ts';
import { bayesRule } from '../../exact/bayes-bound.ts';
import { criticalTemperature } from '../../exact/onsager.ts';
import { magnetisations } from '../../observables.ts';
import { principalComponents, scores } from '../../unsupervised/principal-components.ts';
import { twoMeansBorder } from '../../unsupervised/two-means.ts';
import { correlation } from '../correlation.ts';
import { overTemperatures, temperatureMeans } from '../temperature-means.ts';

/** Components that are looked at: the magnetisation, and the four waves of the longest wavelength. */
const count = 5;

/** <|p_k|> / L of one component at one temperature. */
export interface ComponentPoint {
  readonly size: number;
  readonly component: string;
  readonly temperature: number;
  readonly value: number;
  readonly error: number;
}

const level = 0.95;

/** @param size L */
export function analyse(
  dataset: Dataset,
  size: number,
  random: RandomStream,
  resamplings: number,
): { readonly figures: Figure[]; readonly components: ComponentPoint[] } {
  const all = dataset.column('temperature').data;
  const { train, test } = dataset.splits;
  const temperatures = Float64Array.from(test, (row) => all[row]);
  const pca = principalComponents(dataset, train, count, random.split('subspace'));

  const trained = scores(pca, dataset, train);
  const tested = scores(pca, dataset, test);
  const m = magnetisations(dataset, test);
  const first = tested[0];

  // p_1^2 averages to the first eigenvalue, and its scatter says how well that is known.
  const eigenvalue = trained[0].reduce((sum, p) => sum + p * p, 0) / train.length;
  const squares = trained[0].map((p) => (pca.shares[0] * p * p) / eigenvalue);
  const share = overTemperatures(
    temperatureMeans(
      Float64Array.from(train, (row) => all[row]),
      squares,
    ),
  );
  const likeness = bootstrapInterval(
    test.length,
    (rows) =>
      Math.abs(
        correlation(
          Float64Array.from(rows, (row) => first[row]),
          Float64Array.from(rows, (row) => m[row]),
        ),
      ),
    { random: random.split('bootstrap'), replicates: resamplings },
  );

  const border = twoMeansBorder(trained[0].map(Math.abs));
  const isOrdered = (t: number): boolean => t < criticalTemperature;
  const share01 = (called: (row: number) => boolean): Estimate => {
    let right = 0;
    temperatures.forEach((t, row) => {
      if (called(row) === isOrdered(t)) right++;
    });
    return wilsonInterval(right, test.length);
  };
  const threshold = bestThreshold(
    magnetisations(dataset, train).map(Math.abs),
    Array.from(train, (row) => isOrdered(all[row])),
  );
  const grid = [...new Set(temperatures)];
  const bound = bayesRule(
    size,
    grid.map((temperature) => ({ temperature, count: 1 })),
  ).accuracy;

  const components = tested.flatMap((p, k) =>
    temperatureMeans(
      temperatures,
      p.map((value) => Math.abs(value) / size),
    ).map(({ temperature, mean, error }) => ({
      size,
      component: k === 0 ? 'first' : 'second to fifth',
      temperature,
      value: mean,
      error,
    })),
  );
  const figures: Figure[] = [
    {
      id: `pca-explained-share-l${size}`,
      label: `PCA, share of the first component, L = ${size}`,
      ...share,
      level,
      n: train.length,
      note: "Share of the spins' variance along the first principal component, over the 40 temperatures of the paper's data.",
    },
    {
      id: `pca-magnetisation-correlation-l${size}`,
      label: `PCA, |correlation| of the first component with m, L = ${size}`,
      ...likeness,
      level,
      n: test.length,
    },
    {
      id: `pca-cluster-accuracy-l${size}`,
      label: `PCA, accuracy of two clusters, L = ${size}`,
      ...share01((row) => Math.abs(first[row]) >= border),
      level,
      n: test.length,
      baselines: [
        {
          id: 'magnetisation',
          label: '|m| threshold, with labels',
          ...share01((row) => Math.abs(m[row]) >= threshold),
        },
        { id: 'bayes-bound', label: 'Bayes bound', value: bound, low: bound, high: bound },
      ],
      note: 'Two clusters of |first component| (k-means), made without labels: the border is where the values part, and need not be where the phases do.',
    },
  ];
  return { figures, components: averaged(components) };
}

/** Components that share a name, as their mean. */
function averaged(points: readonly ComponentPoint[]): ComponentPoint[] {
  const groups = new Map<string, ComponentPoint[]>();
  for (const point of points) {
    const key = `${point.component} ${point.temperature}`;
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups.values()].map((group) => ({
    ...group[0],
    value: group.reduce((sum, { value }) => sum + value, 0) / group.length,
    error: Math.sqrt(group.reduce((sum, { error }) => sum + error * error, 0)) / group.length,
  }));
}
