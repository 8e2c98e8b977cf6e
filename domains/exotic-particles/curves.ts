// What the plots of a run are drawn from, as it stands in evaluation.json.
import type { FeatureGroup, NetworkKind, ProblemName } from './problems.ts';

/** Events of one class in one bin of the score, as a share of the class, with its standard error. */
export interface ScoreBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly error: number;
  readonly phase: 'training' | 'test';
  readonly truth: 'signal' | 'background';
}

export interface RocPoint {
  readonly kind: NetworkKind;
  readonly group: FeatureGroup;
  readonly signalEfficiency: number;
  /** 1 / background efficiency */
  readonly rejection: number;
}

export interface CutPoint {
  readonly group: FeatureGroup;
  /** Signal efficiency of the cut. */
  readonly signalEfficiency: number;
  /** Z_A, standard deviations */
  readonly significance: number;
}

/** Share of the background in one bin of a mass before and after a cut on the score. */
export interface MassBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly error: number;
  readonly cut: string;
}

export interface ImportanceBar {
  readonly name: string;
  /** Loss of AUC when the column is dealt anew among the events. */
  readonly value: number;
  readonly deviation: number;
}

export interface ProblemCurves {
  readonly problem: ProblemName;
  readonly roc: readonly RocPoint[];
  readonly scores: readonly ScoreBin[];
  /** p-values of Kolmogorov and Smirnov's test, training against test events. */
  readonly overtraining: { readonly signal: number; readonly background: number };
  readonly cuts: readonly CutPoint[];
  readonly mass?: { readonly column: string; readonly unit: string; readonly bins: readonly MassBin[] };
  readonly importance: readonly ImportanceBar[];
}

export interface CollisionCurves {
  readonly problems: readonly ProblemCurves[];
}
