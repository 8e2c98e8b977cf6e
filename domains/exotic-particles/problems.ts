// The searches that a run can make, as one shape: which columns an event has, how a published file lays them out, and what
// the paper reports. HIGGS and SUSY are the paper's; HiggsML is ATLAS's challenge of 2014; `table` is the user's own.
import type { EventMapping } from '../../data-adapters/tables/index.ts';
import { atlasColumns } from './features/atlas-columns.ts';
import { higgsColumns, lowLevelCount, susyColumns, type UciColumn } from './features/uci-units.ts';

/** Searches whose collisions can be generated. */
export const generatedProblems = ['higgs', 'susy'] as const;
export type GeneratedProblem = (typeof generatedProblems)[number];

export const problemNames = [...generatedProblems, 'atlas', 'table'] as const;
export type ProblemName = (typeof problemNames)[number];

/** `low`: what the detector measures; `high`: what physicists derive from it; `complete`: both. */
export const featureGroups = ['low', 'high', 'complete'] as const;
export type FeatureGroup = (typeof featureGroups)[number];

/** Value and standard deviation over five networks. */
export interface PaperArea {
  readonly value: number;
  readonly error: number;
}

/** Architectures that the paper reports. */
export type PaperKind = 'shallow' | 'deep';

export interface Problem {
  readonly name: ProblemName;
  /** `Higgs bosons` */
  readonly title: string;
  /** Columns or expressions, the measured ones. */
  readonly low: readonly string[];
  /** The derived ones; none where nobody derived any. */
  readonly high: readonly string[];
  /** How a file of this kind is read, apart from features. */
  readonly mapping: Omit<EventMapping, 'features'>;
  /** Columns of a file without a header, in its order. */
  readonly fileColumns?: readonly string[];
  /** Units of the features, in the order low, high, where they are known. */
  readonly units?: readonly UciColumn[];
  /** The derived mass that should not be shaped by a cut on the score: its column and physical scale. */
  readonly mass?: string;
  /** Events of an analysis before any cut, judged by AMS; the paper's yields where it has none of its own. */
  readonly yields?: { readonly signal: number; readonly background: number };
  /** AUC in the paper's tables, trained on 10 million (HIGGS) and 4 million events (SUSY). */
  readonly paper?: Readonly<Record<PaperKind, Readonly<Record<FeatureGroup, PaperArea>>>>;
}

const areas = (low: number[], high: number[], complete: number[]): Record<FeatureGroup, PaperArea> => ({
  low: { value: low[0], error: low[1] },
  high: { value: high[0], error: high[1] },
  complete: { value: complete[0], error: complete[1] },
});

/** A set of UCI: the label first, then the measured columns, then the derived ones, and no header. */
function uciProblem(
  columns: readonly UciColumn[],
  lowLevel: number,
  rest: Pick<Problem, 'name' | 'title' | 'mass' | 'paper'>,
): Problem {
  const names = columns.map(({ name }) => name);
  return {
    ...rest,
    low: names.slice(0, lowLevel),
    high: names.slice(lowLevel),
    mapping: { label: { column: 'label' } },
    fileColumns: ['label', ...names],
    units: columns,
  };
}

/** Baldi, Sadowski and Whiteson 2014, tables 1 and 2; "< .001" is written as .001. */
export const higgs = uciProblem(higgsColumns, lowLevelCount.higgs, {
  name: 'higgs',
  title: 'Higgs bosons',
  mass: 'm_bb',
  paper: {
    shallow: areas([0.733, 0.007], [0.777, 0.001], [0.816, 0.004]),
    deep: areas([0.88, 0.001], [0.8, 0.001], [0.885, 0.002]),
  },
});

export const susy = uciProblem(susyColumns, lowLevelCount.susy, {
  name: 'susy',
  title: 'supersymmetric particles',
  mass: 'M_Delta_R',
  paper: {
    shallow: areas([0.867, 0.002], [0.863, 0.001], [0.875, 0.001]),
    deep: areas([0.872, 0.001], [0.865, 0.001], [0.876, 0.001]),
  },
});

/** H -> tau tau of ATLAS's challenge; -999 stands where a quantity is not defined. */
export const atlas: Problem = {
  name: 'atlas',
  title: 'Higgs bosons decaying to tau leptons',
  low: atlasColumns.filter((name) => name.startsWith('PRI_')),
  high: atlasColumns.filter((name) => name.startsWith('DER_')),
  mapping: { label: { column: 'Label', signal: 's' }, weight: 'Weight', missing: [-999] },
  mass: 'DER_mass_MMC',
  // Sums of the weights of the challenge's 250,000 training events.
  yields: { signal: 691.99, background: 410_999.85 },
};

/** All features of an event in the order in which networks take them. */
export const featuresOf = ({ low, high }: Pick<Problem, 'low' | 'high'>): readonly string[] => [
  ...low,
  ...high,
];

/** Groups that the problem has: one alone where nothing is derived. */
export const groupsOf = ({ low, high }: Pick<Problem, 'low' | 'high'>): readonly FeatureGroup[] =>
  low.length === 0 || high.length === 0 ? ['complete'] : featureGroups;

/** First feature of a group and the one after its last. */
export function featureRange(
  { low, high }: Pick<Problem, 'low' | 'high'>,
  group: FeatureGroup,
): readonly [from: number, to: number] {
  const all = low.length + high.length;
  if (group === 'low') return [0, low.length];
  return [group === 'high' ? low.length : 0, all];
}
