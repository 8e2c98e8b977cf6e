// What trials are compared by: a validation metric of metrics.jsonl, of one network. Figures of the test set never decide.
import { z } from 'zod';
import { UserError } from '../../../core/errors.ts';
import { nearest } from '../../../core/suggest.ts';
import type { MetricsLine } from '../../run-directory/metrics-log.ts';

export const objectiveSchema = z.object({
  metric: z.string(),
  /** Name of the network; the domain's primary one when left out. */
  network: z.string().optional(),
  goal: z.enum(['min', 'max']),
  /** `best`: the best value on the way, which early stopping keeps; `last`: that of the last step. */
  at: z.enum(['best', 'last']),
});
export type Objective = z.infer<typeof objectiveSchema>;

export const defaultObjective: Objective = { metric: 'validationLoss', goal: 'min', at: 'best' };

/** `L10-1/validationLoss` or `validationLoss` in parts. */
export function splitMetric(text: string): Pick<Objective, 'metric' | 'network'> {
  const slash = text.indexOf('/');
  if (slash < 0) return { metric: text };
  return { network: text.slice(0, slash), metric: text.slice(slash + 1) };
}

/** `lowest validationLoss of L40-1`. */
export function objectiveText({ metric, network, goal, at }: Objective): string {
  const which = at === 'last' ? 'last' : goal === 'min' ? 'lowest' : 'highest';
  return `${which} ${metric}${network === undefined ? '' : ` of ${network}`}`;
}

/** True when `a` is better than `b`. */
export const isBetter = ({ goal }: Objective, a: number, b: number): boolean =>
  goal === 'min' ? a < b : a > b;

/**
 * The objective's value in one run.
 *
 * @param primary name of the primary network
 * @returns undefined where training gave no finite value
 * @throws UserError when the run records no such metric, with the names of those it does
 */
export function objectiveOf(
  objective: Objective,
  lines: readonly MetricsLine[],
  primary: string,
  where: string,
): number | undefined {
  const { metric, network = primary, at } = objective;
  const own = lines.filter(({ model }) => model === network);
  if (!own.some((line) => line[metric] !== undefined)) throw unknownMetric(metric, network, lines, where);
  const values = own.flatMap((line) => (line[metric] === undefined ? [] : [line[metric]]));
  const finite = values.filter((value): value is number => Number.isFinite(value));
  if (at === 'last') return typeof values.at(-1) === 'number' ? finite.at(-1) : undefined;
  return finite.reduce<number | undefined>(
    (best, value) => (best === undefined || isBetter(objective, value, best) ? value : best),
    undefined,
  );
}

function unknownMetric(
  metric: string,
  network: string,
  lines: readonly MetricsLine[],
  where: string,
): UserError {
  const known = new Set<string>();
  for (const { model, ...rest } of lines) {
    for (const [key, value] of Object.entries(rest)) {
      if (key.startsWith('validation') && typeof value === 'number') known.add(`${model}/${key}`);
    }
  }
  const near = nearest(`${network}/${metric}`, known);
  const some = (near.length > 0 ? near : [...known]).slice(0, 6);
  return new UserError({
    what: `network ${network} has no metric ${metric}`,
    where,
    how: some.length > 0 ? `choose with --objective: ${some.join(', ')}` : 'this run validates nothing',
  });
}
