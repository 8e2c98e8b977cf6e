// Tables of events that a run's networks are asked about.
import { UserError } from '../../core/errors.ts';
import { fittingLayout } from '../../data-adapters/exotic-particles/recognise-layout.ts';
import { type EventMapping, isUnnamed, openTable, type Table } from '../../data-adapters/tables/index.ts';
import type { Models } from '../domain.ts';
import type { CollisionsConfig } from './config.ts';
import { searchesOf } from './network-id.ts';
import { featuresOf, type Problem } from './problems.ts';
import { mappingOf, problemOf, type RecognisedProblem } from './source-problem.ts';

/** A table whose rows a network of the run can be asked about. */
export interface TableForPrediction {
  readonly problem: Problem;
  readonly table: Table;
  /** Without label, weight and cuts: every row is answered. */
  readonly mapping: EventMapping;
}

/** The search whose columns the table has. */
function problemFor(table: Table, problems: readonly Problem[], where: string): RecognisedProblem {
  const layouts = problems.flatMap((problem) => {
    const required = featuresOf(problem);
    const { fileColumns } = problem;
    return [
      { name: problem.name, problem, required, fileColumns },
      { name: problem.name, problem, required, fileColumns: fileColumns?.slice(1) },
    ];
  });
  const found = fittingLayout(table.columns, layouts);
  // Expressions name no columns of their own: the reader says which of theirs is missing.
  if (found === undefined && problems.length === 1 && !isUnnamed(table.columns)) {
    return { problem: problems[0], nameOf: (column) => column };
  }
  if (found !== undefined) return { problem: found.layout.problem, nameOf: found.nameOf };
  throw new UserError({
    what: `has ${table.columns.length} columns, which fits no network of the run`,
    where,
    how: `give events of ${problems.map(({ name }) => name).join(' or ')}: ${featuresOf(problems[0]).slice(0, 3).join(', ')}, ...`,
  });
}

/** @throws UserError for a table that no network of the run fits */
export async function openForPrediction(
  path: string,
  models: Pick<Models, 'ids'>,
  config: CollisionsConfig,
): Promise<TableForPrediction> {
  const problems = searchesOf(models.ids).map((name) => problemOf(name, config));
  let table = await openTable(path);
  const recognised = problemFor(table, problems, path);
  if (isUnnamed(table.columns) && recognised.problem.fileColumns !== undefined) {
    const all = recognised.problem.fileColumns;
    table = await openTable(path, { names: table.columns.length === all.length ? all : all.slice(1) });
  }
  const { features, derived, missing } = mappingOf(recognised, config);
  return {
    problem: recognised.problem,
    table,
    mapping: { features, derived, ...(missing === undefined ? {} : { missing }) },
  };
}
