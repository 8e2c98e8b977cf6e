// Learning by confusion (van Nieuwenburg, Liu and Huber, Nature Physics 13, 435 (2017)) by the best classifier there can
// be: lattices are labelled by the side of a trial temperature T' they were drawn at, and the share that can be put right
// depends on T'. It is 1 where all have one label, and has a maximum between where lattices change most. As in
// bayes-bound.ts the energy says all that a lattice tells of its temperature.
import { energyDistribution } from './energy-distribution.ts';

export interface ConfusionPoint {
  /** Trial temperature T', J / k_B. */
  readonly trial: number;
  /** Share of the lattices that the best classifier puts on the right side of it. */
  readonly accuracy: number;
}

/** Trial temperatures of a grid: half-way between its neighbours, and beyond either end. */
export function trialTemperatures(grid: readonly number[]): number[] {
  const inner = grid.slice(1).map((t, i) => (grid[i] + t) / 2);
  const [first, second] = grid;
  const [last, before] = [grid[grid.length - 1], grid[grid.length - 2]];
  return [first - (second - first) / 2, ...inner, last + (last - before) / 2];
}

/**
 * A(T') = sum_E max(sum_{T < T'} P(E | T), sum_{T > T'} P(E | T)) / n for n temperatures that are drawn equally often.
 *
 * @param size L
 * @param grid the temperatures, ascending, at least 2
 * @throws UserError for a size or temperature out of range
 */
export function confusionCurve(size: number, grid: readonly number[]): ConfusionPoint[] {
  const below = new Float64Array(size * size + 1);
  const above = new Float64Array(size * size + 1);
  const distributions = grid.map((temperature) => energyDistribution(size, temperature));
  for (const p of distributions) {
    p.forEach((value, j) => {
      above[j] += value;
    });
  }
  return trialTemperatures(grid).map((trial, k) => {
    if (k > 0) {
      distributions[k - 1].forEach((value, j) => {
        below[j] += value;
        above[j] -= value;
      });
    }
    const right = below.reduce((sum, value, j) => sum + Math.max(value, above[j]), 0);
    return { trial, accuracy: right / grid.length };
  });
}
