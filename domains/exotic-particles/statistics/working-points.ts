// Working points as particle physics quotes them: background rejection at a signal efficiency, and signal efficiency at a
// background efficiency.
import type { RankedScores } from '../../../core/metrics/ranked-scores.ts';
import {
  falsePositiveRateAt,
  type RocCurve,
  rankedRocCurve,
  truePositiveRateAt,
} from '../../../core/metrics/roc.ts';

/** Background efficiencies at which TMVA quotes the signal's. */
export const backgroundWorkingPoints = [0.01, 0.1, 0.3] as const;
/** Signal efficiencies at which cuts are listed. */
export const signalWorkingPoints = [0.3, 0.5, 0.7] as const;

/** 1 / eff_b where the share `signalEfficiency` of the signal is taken; Infinity where no background is. */
export const backgroundRejection = (curve: RocCurve, signalEfficiency: number): number =>
  1 / falsePositiveRateAt(curve, signalEfficiency);

/** eff_s where the share `backgroundEfficiency` of the background is taken. */
export const signalEfficiency = (curve: RocCurve, backgroundEfficiency: number): number =>
  truePositiveRateAt(curve, backgroundEfficiency);

/** Rejection at a signal efficiency as a figure for {@link scoreBootstrap}. */
export const rejectionFigure =
  (efficiency: number) =>
  (ranked: RankedScores, weights?: ArrayLike<number>): number =>
    backgroundRejection(rankedRocCurve(ranked, weights), efficiency);

/** Signal efficiency at a background efficiency as a figure for {@link scoreBootstrap}. */
export const efficiencyFigure =
  (efficiency: number) =>
  (ranked: RankedScores, weights?: ArrayLike<number>): number =>
    signalEfficiency(rankedRocCurve(ranked, weights), efficiency);
