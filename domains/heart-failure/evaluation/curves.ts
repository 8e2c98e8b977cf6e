// What the plots need, as evaluation.json keeps it. Nothing here is about one real patient: timelines are of simulated ones.
import type { FunnelStep } from '../../../data-adapters/heart-failure/cohort.ts';
import type { Estimate } from '../../domain.ts';

export interface RocPoint {
  readonly classifier: string;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

/** Patients of like risk: what was said and what came. */
export interface CalibrationPoint extends Estimate {
  readonly predicted: number;
  readonly patients: number;
}

export interface BenefitPoint {
  readonly threshold: number;
  readonly strategy: string;
  readonly benefit: number;
}

/** A visit of a simulated patient and what it adds to the log odds. */
export interface TimelineVisit {
  readonly patient: string;
  readonly days: number;
  readonly contribution: number;
  readonly codes: string;
}

export interface Group extends Estimate {
  readonly group: string;
  readonly cases: number;
  readonly controls: number;
}

export interface WindowCurves {
  readonly window: string;
  readonly title: string;
  /** The classifier that curves other than those of ROC are of. */
  readonly leading: string;
  readonly roc: readonly RocPoint[];
  readonly areas: readonly (Estimate & { readonly classifier: string; readonly paper?: number })[];
  readonly calibration: readonly CalibrationPoint[];
  readonly benefit: readonly BenefitPoint[];
  readonly leadTimes: readonly (Estimate & { readonly days: number })[];
  readonly groups: readonly Group[];
  readonly timelines: readonly TimelineVisit[];
}

export interface Curves {
  readonly source: string;
  readonly incidence: number;
  readonly funnel: readonly FunnelStep[];
  readonly notes: readonly string[];
  readonly windows: readonly WindowCurves[];
  readonly learning: readonly (Estimate & { readonly window: string; readonly patients: number })[];
}
