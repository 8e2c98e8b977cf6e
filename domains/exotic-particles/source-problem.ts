// The search that a file is for: one of the published layouts, or the table that the settings describe.
import { recogniseLayout } from '../../data-adapters/exotic-particles/recognise-layout.ts';
import type { EventMapping } from '../../data-adapters/tables/index.ts';
import type { CollisionsConfig } from './config.ts';
import { atlas, featuresOf, higgs, type Problem, type ProblemName, susy } from './problems.ts';

const published = { higgs, susy, atlas };

/** The table of the user, as the settings describe it. */
function tableProblem({ source }: CollisionsConfig): Problem {
  return {
    name: 'table',
    title: 'signal events',
    low: source.low,
    high: source.high,
    mapping:
      source.label === ''
        ? {}
        : { label: { column: source.label, ...(source.signal === 1 ? {} : { signal: source.signal }) } },
    ...(source.observers.length > 0 ? { mass: source.observers[0] } : {}),
  };
}

/** The search of that name, a `table` as the settings describe it. */
export const problemOf = (name: ProblemName, config: CollisionsConfig): Problem =>
  name === 'table' ? tableProblem(config) : published[name];

/** A search, and how the table at hand calls its columns. */
export interface RecognisedProblem {
  readonly problem: Problem;
  readonly nameOf: (column: string) => string;
}

/** How a table of a search is read: the search's own way with what the settings add. */
export function mappingOf(
  { problem, nameOf }: RecognisedProblem,
  { source }: CollisionsConfig,
): EventMapping {
  const { label, weight, missing: own = [] } = problem.mapping;
  const missing = [...own, ...source.missing];
  const weights = source.weight === '' ? weight : source.weight;
  return {
    features: featuresOf(problem).map(nameOf),
    ...(label === undefined ? {} : { label: { ...label, column: nameOf(label.column) } }),
    ...(weights === undefined ? {} : { weight: nameOf(weights) }),
    observers: source.observers,
    cuts: source.cuts,
    derived: source.derived,
    ...(missing.length > 0 ? { missing } : {}),
  };
}

/**
 * The search that a table of these columns is for.
 *
 * @param columns as its reader calls them
 * @param labelled whether it must hold the label too
 * @throws UserError when it is none of the known ones
 */
export function recogniseProblem(
  columns: readonly string[],
  config: CollisionsConfig,
  where: string,
  labelled: boolean,
): RecognisedProblem {
  const { search, low, high } = config.source;
  const chosen = search === 'auto' && low.length + high.length > 0 ? 'table' : search;
  if (chosen === 'table') return { problem: tableProblem(config), nameOf: (column) => column };
  const layouts = Object.values(published)
    .filter(({ name }) => chosen === 'auto' || chosen === name)
    .map((problem) => {
      const features = featuresOf(problem);
      const label = problem.mapping.label?.column;
      return {
        name: problem.name,
        problem,
        required: labelled && label !== undefined ? [label, ...features] : features,
        fileColumns: labelled ? problem.fileColumns : problem.fileColumns?.slice(1),
      };
    });
  const { layout, nameOf } = recogniseLayout(columns, layouts, where);
  return { problem: layout.problem, nameOf };
}
