// What an evaluation keeps for the plots: plain numbers, as they stand in evaluation.json.
import type { OutputPoint } from './transition/mean-outputs.ts';

export interface CrossingPoint {
  readonly size: number;
  /** Temperature at which the ordered share is one half. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface SlopePoint {
  readonly size: number;
  /** -d(output)/dT at the crossing, kB/J. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface AccuracyPoint {
  readonly size: number;
  readonly classifier: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface HiddenPoint {
  /** Number of the hidden unit. */
  readonly unit: number;
  /** Middle of a range of magnetisations. */
  readonly magnetisation: number;
  /** Mean of w . x + b over the lattices within it. */
  readonly input: number;
}

export interface SampleLattice {
  readonly size: number;
  readonly temperature: number;
  /** -1 and +1, row-major. */
  readonly spins: readonly number[];
}

export interface Curves {
  readonly outputs: readonly OutputPoint[];
  readonly crossings: readonly CrossingPoint[];
  /** T*(L) = T_c + slope / L; missing where there are too few sizes to fit. */
  readonly scaling?: { readonly criticalTemperature: number; readonly slope: number };
  /** ln(slope) = intercept + ln(L) / nu; missing where there are too few sizes to fit. */
  readonly slopes?: {
    readonly points: readonly SlopePoint[];
    /** The same of outputs of |m| alone. */
    readonly magnetisation: readonly SlopePoint[];
    readonly nu: number;
    readonly intercept: number;
  };
  readonly accuracy: readonly AccuracyPoint[];
  /** Of one network of the largest size. */
  readonly hidden: readonly HiddenPoint[];
  readonly lattices: readonly SampleLattice[];
}
