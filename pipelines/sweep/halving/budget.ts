// `--budget training.epochs=3..27`: what grows from rung to rung of successive halving, and how many trials are left at each.
// K. Jamieson and A. Talwalkar, AISTATS 2016; the numbers are those of one bracket of Hyperband, L. Li et al., J. Mach. Learn. Res. 18,
// 185 (2018), Algorithm 1: rung i of s has n / eta^i trials of R / eta^(s - i).
import { UserError } from '../../../core/errors.ts';
import type { Domain } from '../../../domains/domain.ts';

/** A setting that says how long a run trains, and its least and greatest value. */
export interface Budget {
  /** As it was written. */
  readonly text: string;
  readonly path: string;
  readonly low: number;
  readonly high: number;
}

const refuse = (text: string, what: string, how: string): UserError =>
  new UserError({ what, where: `--budget ${text}`, how });

/** @throws UserError for what is no range of numbers above 0, and where neither the text nor the domain names a setting */
export function parseBudget(text: string, { name, budget }: Pick<Domain, 'name' | 'budget'>): Budget {
  const equals = text.indexOf('=');
  const path = equals < 0 ? budget?.path : text.slice(0, equals).trim();
  if (path === undefined) {
    throw refuse(
      text,
      `${name} has no one setting that says how long it trains`,
      `name it: --budget training.epochs=${text}`,
    );
  }
  const ends = text.slice(equals + 1).split('..');
  const [low, high] = ends.map((end) => (end.trim() === '' ? Number.NaN : Number(end)));
  if (path === '' || ends.length !== 2 || !Number.isFinite(low) || !Number.isFinite(high)) {
    throw refuse(
      text,
      'expected two numbers about ".."',
      'write for instance --budget training.epochs=3..27',
    );
  }
  if (low <= 0) throw refuse(text, `expected a budget above 0, got ${low}`, 'give greater numbers');
  if (low >= high) throw refuse(text, 'the range is empty', 'write the lower number first');
  return { text, path, low, high };
}

export interface Rungs {
  /** Value of the setting at each rung, ascending. */
  readonly budgets: readonly number[];
  /** Trials at each rung. */
  readonly places: readonly number[];
}

/**
 * The rungs from the greatest budget down by `reduction`, no further than the least. Of whole bounds all are whole.
 *
 * @param reduction eta: of how many trials one goes on
 * @param rungs how many; as many as the range has room for when left out
 * @throws UserError when that is fewer than two or than `rungs`, or the trials are used up before the last
 */
export function rungsOf(
  { text, low, high }: Budget,
  trials: number,
  reduction: number,
  rungs: number | undefined,
): Rungs {
  const whole = Number.isInteger(low) && Number.isInteger(high);
  // A hair of leeway: 0.3 / 3 is less than 0.1.
  const room = 1 + Math.floor(Math.log(high / low) / Math.log(reduction) + 1e-9);
  if (room < 2) {
    throw refuse(
      text,
      `from ${low} to ${high} is less than one step of ${reduction}`,
      `write ..${low * reduction} or more, or a smaller --reduction`,
    );
  }
  if (rungs !== undefined && rungs > room) {
    throw refuse(text, `has room for ${room} rungs, not ${rungs}`, 'widen it, or leave --rungs out');
  }
  const count = rungs ?? room;
  const budgets = Array.from({ length: count }, (_, i) => {
    const value = high / reduction ** (count - 1 - i);
    return whole ? Math.round(value) : Number(value.toPrecision(6));
  });
  const places = budgets.map((_, i) => Math.floor(trials / reduction ** i));
  const empty = places.indexOf(0);
  if (empty >= 0) {
    throw new UserError({
      what: `${trials} trials leave none for rung ${empty + 1} of ${count}`,
      where: '--trials',
      how: `give at least ${reduction ** (count - 1)}, or fewer --rungs`,
    });
  }
  return { budgets, places };
}
