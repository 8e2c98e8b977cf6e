// Whether a domain takes what is swept: every list value, the ends of every range and places between, then every trial as a
// whole, all before anything starts.
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import { type ConfigChoice, resolveConfig } from '../config/resolve-config.ts';
import type { TrialValues } from './draw-trials.ts';
import type { Budget } from './halving/budget.ts';
import { type Parameter, probes, settingText } from './parameter.ts';

async function mistake(
  domain: Domain,
  choice: ConfigChoice,
  set: readonly string[],
): Promise<UserError | undefined> {
  try {
    await resolveConfig(domain, { ...choice, set: [...(choice.set ?? []), ...set] });
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** True when the value itself is wrong and not what it stands beside. */
const isOwn = (path: string, { where = '' }: UserError): boolean =>
  where === '--set' || where === `${path}, --set` || where.startsWith(`${path}.`);

function told(parameter: Parameter, { what, how, cause }: UserError): UserError {
  const whole = parameter.scale !== 'int' && parameter.bounds !== undefined && what.includes('whole number');
  const [low, high] = parameter.bounds ?? [];
  return new UserError({
    what,
    where: `--param ${parameter.path}=${parameter.spec}`,
    how: whole ? `write int:${Math.ceil(Number(low))}..${Math.floor(Number(high))}` : how,
    cause,
  });
}

/** @throws UserError for the first setting that is unknown, set and swept at once, swept twice or of a value that is not taken */
export async function checkParameters(
  domain: Domain,
  choice: ConfigChoice,
  parameters: readonly Parameter[],
): Promise<void> {
  const paths = parameters.map(({ path }) => path);
  const twice = parameters.find(({ path }, i) => paths.indexOf(path) < i);
  if (twice !== undefined) {
    throw new UserError({ what: `${twice.path} is swept twice`, where: '--param', how: 'name it once' });
  }
  const both = parameters.find(({ path }) => choice.set?.some((text) => text.startsWith(`${path}=`)));
  if (both !== undefined) {
    throw new UserError({ what: `${both.path} is set and swept`, where: '--set', how: 'leave one out' });
  }
  for (const parameter of parameters) {
    for (const value of probes(parameter)) {
      const error = await mistake(domain, choice, [settingText(parameter.path, value)]);
      if (error !== undefined && isOwn(parameter.path, error)) throw told(parameter, error);
    }
  }
}

/** `training.steps=100 network.l2=0.01`, as flags have it. */
export const valuesText = (values: TrialValues): string =>
  Object.entries(values)
    .map(([path, value]) => settingText(path, value))
    .join(' ');

/** Settings of a trial after those that all have. */
export const withValues = (set: readonly string[] = [], values: TrialValues): string[] => [
  ...set,
  ...Object.entries(values).map(([path, value]) => settingText(path, value)),
];

/** A domain's refusal, with the words of the command line that it is about. */
const elsewhere = ({ what, how, cause }: UserError, where: string): UserError =>
  new UserError({ what, where, how, cause });

/** @throws UserError when a setting of the sweep itself is set or swept besides */
function requireFree(
  path: string,
  what: string,
  where: string,
  { set = [] }: ConfigChoice,
  parameters: readonly Parameter[],
): void {
  const isSet = set.some((each) => each.startsWith(`${path}=`));
  if (!isSet && !parameters.some((parameter) => parameter.path === path)) return;
  const besides = isSet ? '--set' : '--param';
  throw new UserError({ what: `${path} is ${what} and stands in ${besides}`, where, how: 'leave one out' });
}

/** @throws UserError when the budget is set or swept besides, is no setting, or the domain does not take one of its values */
export async function checkBudget(
  domain: Domain,
  choice: ConfigChoice,
  parameters: readonly Parameter[],
  { path, text }: Budget,
  budgets: readonly number[],
): Promise<void> {
  const where = `--budget ${text}`;
  requireFree(path, 'the budget', where, choice, parameters);
  for (const value of budgets) {
    const error = await mistake(domain, choice, [settingText(path, value)]);
    if (error !== undefined && isOwn(path, error)) throw elsewhere(error, where);
  }
}

/** @throws UserError when what folds set is set or swept besides, or the domain does not take so many */
export async function checkFolds(
  domain: Domain,
  choice: ConfigChoice,
  parameters: readonly Parameter[],
  folds: readonly (TrialValues | undefined)[],
): Promise<void> {
  const where = `--folds ${folds.length}`;
  for (const path of Object.keys(folds[0] ?? {})) {
    requireFree(path, 'set by the folds', where, choice, parameters);
  }
  const error = await mistake(domain, choice, withValues([], folds.at(-1) ?? {}));
  if (error !== undefined) throw elsewhere(error, where);
}

/** @throws UserError naming the first trial whose settings do not go together */
export async function checkTrials(
  domain: Domain,
  choice: ConfigChoice,
  trials: readonly TrialValues[],
): Promise<void> {
  for (const [i, values] of trials.entries()) {
    const error = await mistake(domain, choice, withValues([], values));
    if (error !== undefined) throw elsewhere(error, `trial ${i + 1} (${valuesText(values)})`);
  }
}
