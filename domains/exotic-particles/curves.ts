// What the plots of a run are drawn from, as it stands in evaluation.json.
import type { Estimate } from '../domain.ts';
import type { NetworkKind } from './networks/kinds.ts';
import type { FeatureGroup, ProblemName } from './problems.ts';

/** Events of one class in one bin of the score, as a share of the class, with its standard error. */
export interface ScoreBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly error: number;
  readonly phase: 'training' | 'test';
  readonly truth: 'signal' | 'background';
}

/** p-values of Kolmogorov and Smirnov's test, training against test events. */
export interface OvertrainingTest {
  readonly signal: number;
  readonly background: number;
}

export interface RocPoint {
  readonly kind: NetworkKind;
  readonly group: FeatureGroup;
  readonly signalEfficiency: number;
  /** 1 / background efficiency */
  readonly rejection: number;
}

/** One cut of a scan, on test events. */
export interface CutPoint {
  readonly kind: NetworkKind;
  readonly group: FeatureGroup;
  readonly signalEfficiency: number;
  readonly significance: number;
}

/** Share of the background in one bin of a mass after a cut on the score. */
export interface MassBin {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly error: number;
  readonly cut: string;
}

export interface MassSculpting {
  readonly name: string;
  readonly unit: string;
  readonly bins: readonly MassBin[];
}

export interface ImportanceBar {
  readonly name: string;
  /** `feature` or `group` of features. */
  readonly of: 'feature' | 'group';
  /** Loss of AUC when the values are dealt anew among the events. */
  readonly value: number;
  readonly deviation: number;
}

/** What a shift of the detector by one standard deviation does to the figure of merit at the chosen cut. */
export interface SystematicShift {
  readonly name: string;
  readonly up: number;
  readonly down: number;
}

/** Events expected in one bin of the score, with the band that all shifts together make. */
export interface ExpectedBin {
  readonly from: number;
  readonly to: number;
  readonly truth: 'signal' | 'background';
  readonly events: number;
  readonly low: number;
  readonly high: number;
}

export interface Systematics {
  readonly shifts: readonly SystematicShift[];
  readonly band: Estimate;
  readonly bins: readonly ExpectedBin[];
}

/** The cut of the leading classifier, as an analysis would use it. */
export interface CutSummary {
  readonly classifier: string;
  readonly threshold: number;
  readonly figureName: string;
  readonly signalBefore: number;
  readonly backgroundBefore: number;
  readonly signal: number;
  readonly background: number;
  readonly significance: Estimate;
}

/** One cut of the leading classifier, on test events. */
export interface WorkingPoint {
  /** `30 % of the signal` */
  readonly name: string;
  readonly threshold: number;
  readonly signalEfficiency: number;
  readonly backgroundEfficiency: number;
  /** Events expected behind the cut. */
  readonly signal: number;
  readonly background: number;
  readonly significance: number;
}

export interface ProblemCurves {
  readonly problem: ProblemName;
  readonly title: string;
  /** The classifier that all but the first two plots are of. */
  readonly leading: string;
  readonly roc: readonly RocPoint[];
  readonly cuts: readonly CutPoint[];
  readonly scores: readonly ScoreBin[];
  /** Only where training events are at hand. */
  readonly overtraining?: OvertrainingTest;
  readonly cut: CutSummary;
  readonly workingPoints: readonly WorkingPoint[];
  readonly mass?: MassSculpting;
  readonly importance: readonly ImportanceBar[];
  readonly systematics?: Systematics;
}

export interface CollisionCurves {
  readonly problems: readonly ProblemCurves[];
}
