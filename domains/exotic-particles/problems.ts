// The two searches of the paper, as one shape: which columns an event has, how much of it is signal, and what the paper
// reports.
import { higgsColumns, lowLevelCount, susyColumns, type UciColumn } from './features/uci-units.ts';

export const problemNames = ['higgs', 'susy'] as const;
export type ProblemName = (typeof problemNames)[number];

/** `low`: what the detector measures; `high`: what physicists derive from it; `complete`: both. */
export const featureGroups = ['low', 'high', 'complete'] as const;
export type FeatureGroup = (typeof featureGroups)[number];

/** Number of hidden layers: none (logistic regression, a baseline), one, or several. */
export const networkKinds = ['logistic', 'shallow', 'deep'] as const;
export type NetworkKind = (typeof networkKinds)[number];

/** Mean and standard deviation over five networks. */
export interface PaperArea {
  readonly value: number;
  readonly error: number;
}

export interface Problem {
  readonly name: ProblemName;
  /** `Higgs bosons` */
  readonly title: string;
  /** All columns in the order of the UCI file: measured ones first. */
  readonly columns: readonly UciColumn[];
  /** How many of them are measured. */
  readonly lowLevel: number;
  /** Share of signal among the events of the UCI set. */
  readonly signalShare: number;
  /** AUC in the paper's tables, trained on 10.5 million (HIGGS) and 4.5 million events (SUSY). */
  readonly paper: Readonly<Partial<Record<NetworkKind, Readonly<Record<FeatureGroup, PaperArea>>>>>;
}

const areas = (low: number[], high: number[], complete: number[]): Record<FeatureGroup, PaperArea> => ({
  low: { value: low[0], error: low[1] },
  high: { value: high[0], error: high[1] },
  complete: { value: complete[0], error: complete[1] },
});

/** Baldi, Sadowski and Whiteson 2014, tables 1 and 2; "< .001" is written as .001. */
export const problems: Readonly<Record<ProblemName, Problem>> = {
  higgs: {
    name: 'higgs',
    title: 'Higgs bosons',
    columns: higgsColumns,
    lowLevel: lowLevelCount.higgs,
    signalShare: 0.53,
    paper: {
      shallow: areas([0.733, 0.007], [0.777, 0.001], [0.816, 0.004]),
      deep: areas([0.88, 0.001], [0.8, 0.001], [0.885, 0.002]),
    },
  },
  susy: {
    name: 'susy',
    title: 'supersymmetric particles',
    columns: susyColumns,
    lowLevel: lowLevelCount.susy,
    signalShare: 0.46,
    paper: {
      shallow: areas([0.867, 0.002], [0.863, 0.001], [0.875, 0.001]),
      deep: areas([0.872, 0.001], [0.865, 0.001], [0.876, 0.001]),
    },
  },
};

/** First column of a group and the one after its last. */
export function columnRange(
  { columns, lowLevel }: Pick<Problem, 'columns' | 'lowLevel'>,
  group: FeatureGroup,
): readonly [from: number, to: number] {
  if (group === 'low') return [0, lowLevel];
  return [group === 'high' ? lowLevel : 0, columns.length];
}
