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

/** What the settings add to the way in which a file of a search is read. */
export function mappingOf(problem: Problem, { source }: CollisionsConfig): EventMapping {
  const missing = [...(problem.mapping.missing ?? []), ...source.missing];
  return {
    ...problem.mapping,
    features: featuresOf(problem),
    ...(source.weight === '' ? {} : { weight: source.weight }),
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
): Problem {
  const { search } = config.source;
  if (search !== 'auto') return problemOf(search, config);
  if (config.source.low.length + config.source.high.length > 0) return tableProblem(config);
  const layouts = Object.values(published).map((problem) => {
    const features = featuresOf(problem);
    const label = problem.mapping.label?.column;
    return {
      name: problem.name,
      problem,
      required: labelled && label !== undefined ? [label, ...features] : features,
      fileColumns: labelled ? problem.fileColumns : problem.fileColumns?.slice(1),
    };
  });
  return recogniseLayout(columns, layouts, where).problem;
}
