// How often the three perceptrons are right, against their one parameter: on the test lattices of the square lattice, for
// each size, at the temperatures on which the networks' accuracy is measured.
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { Plot } from '../../domain.ts';
import { accuracyRows } from '../accuracy.ts';
import { criticalTemperature } from '../exact/onsager.ts';
import { magnetisation } from '../observables.ts';
import { sizesOf } from '../parts.ts';
import { threePerceptrons } from './three-perceptrons.ts';

export interface ToyPoint {
  readonly size: number;
  readonly epsilon: number;
  readonly accuracy: number;
}

/** Values of epsilon that are tried: 0.02, 0.04 ... 0.98. */
const epsilons = Array.from({ length: 49 }, (_, i) => (i + 1) / 50);

/** Accuracy of the toy model by size and epsilon. Sizes without labelled test lattices are left out. */
export function toyModelCurve(parts: Parts): ToyPoint[] {
  return sizesOf(parts).flatMap((size) => {
    const dataset = parts[`L${size}`];
    const rows = accuracyRows(dataset);
    if (rows.length === 0) return [];
    const { data } = dataset.column('spins');
    const temperatures = dataset.column('temperature').data;
    const width = size * size;
    const lattices = Array.from(rows, (row) => ({
      m: magnetisation(data.subarray(row * width, (row + 1) * width)),
      ordered: temperatures[row] < criticalTemperature,
    }));
    return epsilons.map((epsilon): ToyPoint => {
      const right = lattices.filter(({ m, ordered }) => (threePerceptrons(m, epsilon)[0] === 1) === ordered);
      return { size, epsilon, accuracy: right.length / lattices.length };
    });
  });
}

/** The curve as a plot. */
export function toyModelPlot(points: readonly ToyPoint[]): Plot {
  return {
    id: 'toy-model',
    title: 'Three perceptrons with written-down weights',
    caption:
      "Accuracy of the paper's analytical model, which calls a lattice ordered when |m| exceeds epsilon, on the test lattices. The best epsilon is the |m| threshold of the table; it shrinks as lattices grow.",
    vegaLite: {
      data: { values: points },
      mark: { type: 'line' },
      encoding: {
        x: { field: 'epsilon', type: 'quantitative', title: 'epsilon' },
        y: { field: 'accuracy', type: 'quantitative', title: 'accuracy', scale: { zero: false } },
        color: { field: 'size', type: 'ordinal', title: 'lattice size L' },
      },
    },
  };
}
