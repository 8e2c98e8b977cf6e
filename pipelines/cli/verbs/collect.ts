// deepfield collect: what the runs of a sweep come to, as a table and a report, whoever ran them and however many are done.
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../../core/errors.ts';
import { durationText } from '../../format/number-text.ts';
import { resultsTable } from '../../format/results-table.ts';
import { loadDomain } from '../../load-domain.ts';
import { valuesText } from '../../sweep/check-parameters.ts';
import { collectSweep } from '../../sweep/collect/collect-sweep.ts';
import {
  defaultObjective,
  type Objective,
  objectiveText,
  splitMetric,
} from '../../sweep/collect/objective.ts';
import { trialFigures, valueText } from '../../sweep/collect/trial-summary.ts';
import { workSeconds } from '../../sweep/collect/work-seconds.ts';
import { readSweep, type Sweep } from '../../sweep/sweep-plan.ts';
import type { CliContext } from '../context.ts';

export interface ObjectiveOptions {
  readonly objective?: string;
  readonly goal?: 'min' | 'max';
  readonly at?: 'best' | 'last';
}

/** The objective that flags name; undefined where none does. */
export function chosenObjective({ objective, goal, at }: ObjectiveOptions): Objective | undefined {
  if (objective === undefined && goal === undefined && at === undefined) return undefined;
  const { goal: usualGoal, at: usualAt, metric } = defaultObjective;
  return { ...splitMetric(objective ?? metric), goal: goal ?? usualGoal, at: at ?? usualAt };
}

/** Collects, shows the choice, and says how many runs are finished and how many failed. */
export async function showCollection(
  cli: CliContext,
  sweep: Sweep,
  json = false,
): Promise<{ finished: number; failed: number }> {
  const domain = await loadDomain(cli.registry, sweep.plan.domain);
  const { summary, finished, failed, dropped, states } = await collectSweep(sweep, domain);
  const { paths, plan } = sweep;
  const { chosen } = summary;
  if (chosen !== undefined) {
    const { trial, values, estimate, best, runs } = chosen;
    const over = plan.folds === undefined ? '' : ` and ${runs.length - 1} more, over which these are means`;
    cli.show(
      `\nbest     trial ${trial}: ${valuesText(values)}\n` +
        `         ${objectiveText(plan.objective)}: ${valueText(estimate)}\n` +
        `run      ${join(paths.root, best.state.element.run)}${over}\n\n${resultsTable(trialFigures(chosen))}\n`,
      { json },
    );
  }
  const seconds = workSeconds(plan, states);
  cli.show(
    `runs     ${finished} of ${states.length} finished${failed > 0 ? `, ${failed} failed` : ''}${dropped > 0 ? `, ${dropped} failed and not promoted` : ''}, ${durationText(seconds)} of work\n` +
      `table    ${paths.csv}\n         ${paths.parquet}\n${plan.folds === undefined ? '' : `         ${paths.folds}\n`}report   ${paths.report}\n`,
    { json },
  );
  if (json) {
    cli.showJson({
      sweep: paths.root,
      runs: states.length,
      finished,
      failed,
      objective: plan.objective,
      chosen: chosen && {
        trial: chosen.trial,
        values: chosen.values,
        ...chosen.estimate,
        run: join(paths.root, chosen.best.state.element.run),
        figures: trialFigures(chosen),
      },
    });
  }
  return { finished, failed };
}

export async function collect(
  cli: CliContext,
  folder: string,
  options: ObjectiveOptions & { readonly json?: boolean },
): Promise<void> {
  const sweep = await readSweep(folder);
  const objective = chosenObjective(options) ?? sweep.plan.objective;
  if (sweep.plan.halving !== undefined && !isDeepStrictEqual(objective, sweep.plan.objective)) {
    throw new UserError({
      what: `trials were promoted by the ${objectiveText(sweep.plan.objective)}`,
      where: '--objective',
      how: 'leave it out',
    });
  }
  await showCollection(cli, { ...sweep, plan: { ...sweep.plan, objective } }, options.json);
}
