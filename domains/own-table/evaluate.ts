// The figures of a run: every method on the same test rows.
import { UserError } from '../../core/errors.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation } from '../domain.ts';
import type { OwnTableConfig } from './config.ts';
import { classificationFigures } from './evaluation/classification-figures.ts';
import { curvesOf } from './evaluation/curves.ts';
import { regressionFigures } from './evaluation/regression-figures.ts';
import { resampler } from './evaluation/resampling.ts';
import { scoreTable, type TestScores } from './evaluation/scores.ts';
import { tablePart } from './parts.ts';

/** @throws UserError when a class has fewer than two test rows, or there are fewer than two */
function requireRows({ schema, test }: TestScores, where: string): void {
  const how = 'bring more rows';
  if (test.rows < 2) throw new UserError({ what: `${test.rows} rows to measure on`, where, how });
  for (const [k, word] of schema.classes.entries()) {
    const own = test.target.reduce((sum, y) => sum + Number(y === k), 0);
    if (own >= 2) continue;
    throw new UserError({ what: `class ${JSON.stringify(word)} has ${own} rows to measure on`, where, how });
  }
}

export async function evaluate(parts: Parts, context: EvaluateContext<OwnTableConfig>): Promise<Evaluation> {
  const table = await scoreTable(parts, context);
  requireRows(table, parts[tablePart].provenance.source);
  const resample = resampler(table, context.random.split('bootstrap'), context.config.bootstrap);
  const figures =
    table.schema.task === 'classification'
      ? classificationFigures(table, resample)
      : regressionFigures(table, resample);
  return { figures, curves: { ...(await curvesOf(table, context)) } };
}
