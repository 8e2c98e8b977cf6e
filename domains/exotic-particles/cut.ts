// The cut on the score that an analysis would make: chosen on validation events, where the best of many is allowed to be
// lucky, and read on test events.
import { RankedScores } from '../../core/metrics/ranked-scores.ts';
import { scoreBootstrap } from '../../core/metrics/score-bootstrap.ts';
import type { RandomStream } from '../../core/random.ts';
import type { Estimate } from '../domain.ts';
import type { CollisionsConfig } from './config.ts';
import { level } from './mean-areas.ts';
import type { Problem } from './problems.ts';
import { approximateMedianSignificance } from './statistics/ams.ts';
import {
  asimovWith,
  type Cut,
  cutAt,
  type FigureOfMerit,
  scanThresholds,
  type Yields,
} from './statistics/threshold-scan.ts';

/** What an analysis expects and by what it judges a cut. */
export interface Analysis {
  readonly yields: Yields;
  readonly figure: FigureOfMerit;
  /** `Z_A` or `AMS` */
  readonly figureName: string;
}

/** The problem's own, or the paper's yields as the settings have them. */
export function analysisOf(problem: Problem, { significance }: CollisionsConfig): Analysis {
  if (problem.yields !== undefined) {
    return {
      yields: problem.yields,
      figure: (signal, background) => approximateMedianSignificance(signal, background),
      figureName: 'AMS',
    };
  }
  const { signal, background, uncertainty } = significance;
  return { yields: { signal, background }, figure: asimovWith(uncertainty), figureName: 'Z_A' };
}

/** Scores of some events and what is known of them. */
export interface ScoredClass {
  readonly scores: Float32Array;
  readonly label: Uint8Array;
  readonly weight: Float32Array;
}

export interface ChosenCut {
  readonly threshold: number;
  /** On test events. */
  readonly cut: Cut;
  readonly significance: Estimate;
}

/**
 * Background events that a cut must leave: `wanted`, a quarter of them where there are few. With a hundred the efficiency
 * is known to a tenth.
 */
export function fewestLeft(label: Uint8Array, wanted: number): number {
  const background = label.reduce((count, y) => count + 1 - y, 0);
  return Math.min(wanted, Math.ceil(background / 4));
}

/** Chooses on one set of events and measures on another. */
export function chooseCut(
  chooseOn: ScoredClass,
  measureOn: ScoredClass,
  analysis: Analysis,
  random: RandomStream,
  replicates: number,
): ChosenCut {
  const ranked = new RankedScores(chooseOn.scores, chooseOn.label);
  const leastBackgroundRows = fewestLeft(chooseOn.label, 100);
  const { threshold } = scanThresholds(ranked, chooseOn.weight, { ...analysis, leastBackgroundRows }).best;
  const test = new RankedScores(measureOn.scores, measureOn.label);
  const significance = scoreBootstrap(
    test,
    (own, weights) => cutAt(own, threshold, weights, analysis).value,
    { weights: measureOn.weight, random, replicates, level },
  );
  return { threshold, cut: cutAt(test, threshold, measureOn.weight, analysis), significance };
}
