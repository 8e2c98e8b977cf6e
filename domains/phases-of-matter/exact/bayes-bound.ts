// The highest accuracy that any classifier of phases can reach on lattices drawn at given temperatures. P(spins | T)
// = exp(-E/T) / Z depends on the spins through E alone, so the energy is a sufficient statistic and the best rule
// compares the total P(E | T) of the two phases (compare Arnold and Schaefer, Phys. Rev. X 12, 031044 (2022)).
// A test accuracy above it by more than its sampling error is a bug or a leak.
import { energyDistribution, energyOfLevel } from './energy-distribution.ts';
import { criticalTemperature } from './onsager.ts';

/** Lattices drawn at one temperature. */
export interface TemperatureCount {
  /** In J / k_B. */
  readonly temperature: number;
  /** How many lattices, or any weight. */
  readonly count: number;
}

/** The best classifier of the two phases of one lattice size, and what it reaches. */
export interface BayesRule {
  /** Expected accuracy of the best possible classifier. */
  readonly accuracy: number;
  /** The rule: a lattice is called ordered when its energy per spin is at most this. NaN when none speaks for disorder. */
  readonly energyThreshold: number;
}

/**
 * The Bayes rule for the labels T < T_c (ordered) and T > T_c. Blocks at T_c itself have no label and are left out.
 *
 * @param size L
 * @param blocks temperatures and counts of the lattices that are classified
 * @throws UserError for a size or temperature out of range
 */
export function bayesRule(size: number, blocks: readonly TemperatureCount[]): BayesRule {
  const spins = size * size;
  const ordered = new Float64Array(spins + 1);
  const disordered = new Float64Array(spins + 1);
  let total = 0;
  for (const { temperature, count } of blocks) {
    if (isCritical(temperature) || count === 0) continue;
    const phase = temperature < criticalTemperature ? ordered : disordered;
    const probabilities = energyDistribution(size, temperature);
    for (let j = 0; j <= spins; j++) phase[j] += count * probabilities[j];
    total += count;
  }
  let right = 0;
  let threshold = Number.NaN;
  for (let j = 0; j <= spins; j++) {
    right += Math.max(ordered[j], disordered[j]);
    // The first energy that speaks for disorder; differences of the size of the rounding errors say nothing.
    if (Number.isNaN(threshold) && disordered[j] - ordered[j] > 1e-9 * total) {
      threshold = (energyOfLevel(spins, j) - 2) / spins;
    }
  }
  return { accuracy: total === 0 ? Number.NaN : right / total, energyThreshold: threshold };
}

/** True when a temperature is T_c but for rounding to seven digits, so that it has no phase to be labelled with. */
export const isCritical = (temperature: number): boolean =>
  Math.abs(temperature - criticalTemperature) < 1e-6;
