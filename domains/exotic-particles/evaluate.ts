// The figures of a run: those of each of its searches.
import { UserError } from '../../core/errors.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { EvaluateContext, Evaluation } from '../domain.ts';
import { classifiersOf } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import type { CollisionCurves, ProblemCurves } from './curves.ts';
import { type EvaluatedProblem, evaluateProblem } from './evaluate-problem.ts';
import type { ProblemName } from './problems.ts';
import { problemOf } from './source-problem.ts';

/** @throws UserError for events of a search that the run has no network for */
export async function evaluate(
  parts: Parts<StoredDataset>,
  context: EvaluateContext<CollisionsConfig>,
): Promise<Evaluation> {
  const evaluated: EvaluatedProblem[] = [];
  for (const [name, dataset] of Object.entries(parts)) {
    const problem = problemOf(name as ProblemName, context.config);
    if (classifiersOf(context.models.ids, problem.name).length === 0) {
      throw new UserError({
        what: `the run has no network for the search ${name}`,
        where: dataset.provenance.source,
        how: `its networks are ${context.models.ids.join(', ')}`,
      });
    }
    evaluated.push(await evaluateProblem(problem, dataset, context));
  }
  const curves: CollisionCurves = { problems: evaluated.map((result): ProblemCurves => result.curves) };
  return { figures: evaluated.flatMap(({ figures }) => figures), curves: { ...curves } };
}
