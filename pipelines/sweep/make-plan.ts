// From what a person asks for to the plan of a sweep, checked to the last trial. It touches no file but --config.
import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import { type ConfigChoice, resolveConfig } from '../config/resolve-config.ts';
import { checkParameters, checkTrials } from './check-parameters.ts';
import { defaultObjective, type Objective } from './collect/objective.ts';
import { drawTrials, mostTrials, type Strategy } from './draw-trials.ts';
import { parseParameter } from './parameter.ts';
import type { SweepElement, SweepPlan } from './sweep-plan.ts';

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
}

/** @throws UserError for anything that would not do, in one line */
export async function makePlan(domain: Domain, choice: SweepChoice): Promise<SweepPlan> {
  const { preset, file, set = [], seed = 1, seeds = 1, source, from, device = 'cpu' } = choice;
  const { strategy = choice.trials === undefined ? 'grid' : 'random', objective = defaultObjective } = choice;
  const parameters = choice.parameters.map(parseParameter);
  const base = await resolveConfig(domain, { preset, file, set });
  await checkParameters(domain, { preset, file, set }, parameters);
  const trials = drawTrials(strategy, parameters, choice.trials, seed);
  if (trials.length * seeds > mostTrials) {
    throw new UserError({
      what: `${trials.length} trials with ${seeds} seeds are more than ${mostTrials} runs`,
      how: 'take fewer',
    });
  }
  await checkTrials(domain, { preset, file, set }, trials);
  const elements = trials.flatMap((values, i) =>
    Array.from({ length: seeds }, (_, k): SweepElement => {
      const id = `t${String(i + 1).padStart(4, '0')}-s${seed + k}`;
      return { id, trial: i + 1, seed: seed + k, values, run: `runs/${id}` };
    }),
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
    elements,
  };
}
