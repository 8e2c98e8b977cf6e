// From what a person asks for to the plan of a sweep, checked to the last trial. It touches no file but --config.
import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import { type ConfigChoice, resolveConfig } from '../config/resolve-config.ts';
import { checkBudget, checkFolds, checkParameters, checkTrials, withValues } from './check-parameters.ts';
import { defaultObjective, type Objective } from './collect/objective.ts';
import { drawTrials, mostTrials, type Strategy, type TrialValues } from './draw-trials.ts';
import { type Budget, parseBudget, rungsOf } from './halving/budget.ts';
import { parseParameter } from './parameter.ts';
import { runsOfTrial, type SweepElement, type SweepPlan } from './sweep-plan.ts';

export interface SweepChoice extends ConfigChoice {
  /** `key=spec` each. */
  readonly parameters: readonly string[];
  readonly trials?: number;
  /** Default `random` where `trials` is given, else `grid`. */
  readonly strategy?: Strategy;
  /** Default 1. */
  readonly seed?: number;
  /** Runs of each trial. Default 1. */
  readonly seeds?: number;
  readonly source?: string;
  /** Absolute path of the module of a domain that is the user's own. */
  readonly from?: string;
  /** Default `cpu`. */
  readonly device?: string;
  readonly objective?: Objective;
  /** Parts of a cross-validation; none when left out. */
  readonly folds?: number;
  /** `training.epochs=3..27`: what grows by successive halving, by which any strategy's trials may be thinned out. */
  readonly budget?: string;
  /** Of how many trials one goes on to the next rung. Default 3. */
  readonly reduction?: number;
  /** Default: as many as the budget has room for. */
  readonly rungs?: number;
}

const defaultReduction = 3;

/** What each fold sets. @throws UserError where the domain cannot leave out a part of these data */
function foldsOf(domain: Domain, { source }: SweepChoice, folds: number): TrialValues[] {
  const { name, folds: paths } = domain;
  const where = `--folds ${folds}`;
  if (paths === undefined) {
    throw new UserError({
      what: `${name} has no settings that leave out one part of its data in ${folds}`,
      where,
      how: 'take --seeds',
    });
  }
  if (paths.ofSource && source === undefined) {
    throw new UserError({
      what: `${name} simulates its test data apart from those it trains on, so that there is nothing to divide`,
      where,
      how: 'name your data with --source, or take --seeds',
    });
  }
  return Array.from({ length: folds }, (_, fold) => ({ [paths.folds]: folds, [paths.fold]: fold }));
}

/** The rungs that were asked for; undefined for a sweep that is not halved. */
function budgetOf(domain: Domain, { strategy, budget, reduction, rungs }: SweepChoice): Budget | undefined {
  if (budget !== undefined) return parseBudget(budget, domain);
  const needs = [
    [strategy === 'successive-halving', '--strategy successive-halving'],
    [reduction !== undefined, '--reduction'],
    [rungs !== undefined, '--rungs'],
  ].find(([asked]) => asked);
  if (needs === undefined) return undefined;
  throw new UserError({
    what: 'successive halving needs to know what grows',
    where: String(needs[1]),
    how: `add --budget ${domain.budget?.path ?? 'training.epochs'}=3..27`,
  });
}

/** The settings of a trial that a run may be trained on with. */
async function continuedTrials(
  domain: Domain,
  choice: ConfigChoice,
  path: string,
  trials: readonly TrialValues[],
): Promise<number[]> {
  const { budget } = domain;
  if (budget?.path !== path) return [];
  const continued: number[] = [];
  for (const [i, values] of trials.entries()) {
    const { config } = await resolveConfig(domain, { ...choice, set: withValues(choice.set, values) });
    if (budget.continues(config)) continued.push(i + 1);
  }
  return continued;
}

/** @throws UserError for anything that would not do, in one line */
export async function makePlan(domain: Domain, choice: SweepChoice): Promise<SweepPlan> {
  const { preset, file, set = [], seed = 1, seeds = 1, folds, source, from, device = 'cpu' } = choice;
  const { strategy = choice.trials === undefined ? 'grid' : 'random', objective = defaultObjective } = choice;
  if (choice.parameters.length === 0 && folds === undefined && seeds === 1) {
    throw new UserError({
      what: 'nothing differs from run to run',
      where: '--param',
      how: 'give a parameter with its values, --seeds 3 or --folds 7',
    });
  }
  const parameters = choice.parameters.map(parseParameter);
  const given = { preset, file, set };
  const base = await resolveConfig(domain, given);
  await checkParameters(domain, given, parameters);
  const budget = budgetOf(domain, choice);
  const drawn = drawTrials(strategy, parameters, choice.trials, seed);
  const rungs = budget && rungsOf(budget, drawn.length, choice.reduction ?? defaultReduction, choice.rungs);
  if (budget && rungs) await checkBudget(domain, given, parameters, budget, rungs.budgets);
  const trials = drawn.map((values) =>
    budget && rungs ? { ...values, [budget.path]: rungs.budgets[0] } : values,
  );
  const runs = trials.length * runsOfTrial({ seeds, folds });
  if (runs > mostTrials) {
    throw new UserError({ what: `${runs} runs are more than ${mostTrials}`, how: 'take fewer' });
  }
  const foldValues = folds === undefined ? [undefined] : foldsOf(domain, choice, folds);
  await checkTrials(domain, given, trials);
  if (folds !== undefined) await checkFolds(domain, given, parameters, foldValues);
  const elements = trials.flatMap((values, i) =>
    Array.from({ length: seeds }, (_, k) => seed + k).flatMap((own) =>
      foldValues.map((left, f): SweepElement => {
        const id = `t${String(i + 1).padStart(4, '0')}-s${own}${left === undefined ? '' : `-f${f + 1}`}`;
        return {
          id,
          trial: i + 1,
          seed: own,
          ...(left && { fold: f + 1 }),
          ...(rungs && { rung: 1 }),
          values: { ...values, ...left },
          run: `runs/${id}`,
        };
      }),
    ),
  );
  return {
    version: 1,
    domain: domain.name,
    ...(from !== undefined && { from }),
    preset: base.preset,
    set: [...set],
    config: file === undefined ? null : resolve(file),
    // As it is read back from the file.
    base: JSON.parse(JSON.stringify(base.config)),
    source: source === undefined ? null : resolve(source),
    device,
    strategy,
    seed,
    seeds,
    trials: trials.length,
    parameters: parameters.map(({ path, spec }) => ({ path, spec })),
    objective,
    ...(folds !== undefined && { folds }),
    ...(budget &&
      rungs && {
        halving: {
          path: budget.path,
          reduction: choice.reduction ?? defaultReduction,
          ...{ budgets: [...rungs.budgets], places: [...rungs.places] },
          continued: await continuedTrials(domain, given, budget.path, trials),
        },
      }),
    elements,
  };
}
