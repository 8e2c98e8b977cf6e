// Which values a sweep tries: every combination (grid), independent draws (random; J. Bergstra and Y. Bengio, J. Mach. Learn. Res.
// 13, 281 (2012); also what successive halving begins with) or a shifted Sobol sequence. Trial i depends on the seed, i and the parameters alone, so that a longer
// sweep begins with the trials of a shorter one.
import { UserError } from '../../core/errors.ts';
import { RandomStream } from '../../core/random.ts';
import { type Parameter, valueAt } from './parameter.ts';
import { mostDimensions, sobolPoints } from './sobol.ts';

export const strategyNames = ['grid', 'random', 'sobol', 'successive-halving'] as const;
export type Strategy = (typeof strategyNames)[number];

/** Values by path of the setting. */
export type TrialValues = Readonly<Record<string, unknown>>;

export const mostTrials = 100_000;

const named = (parameters: readonly Parameter[], value: (i: number) => unknown): TrialValues =>
  Object.fromEntries(parameters.map(({ path }, i) => [path, value(i)]));

function grid(parameters: readonly Parameter[], trials: number | undefined): TrialValues[] {
  const endless = parameters.find(({ values }) => values === undefined);
  if (endless !== undefined) {
    throw new UserError({
      what: 'a grid needs a number of points for a range',
      where: `--param ${endless.path}=${endless.spec}`,
      how: `write ${endless.spec}/5, or --trials n with --strategy random`,
    });
  }
  const lists = parameters.map(({ values = [] }) => values);
  const size = lists.reduce((product, { length }) => product * length, 1);
  if (size > mostTrials) throw tooMany(size);
  if (trials !== undefined && trials !== size) {
    throw new UserError({
      what: `the grid has ${size} points, not ${trials}`,
      where: '--trials',
      how: 'leave it out, or choose --strategy random',
    });
  }
  return Array.from({ length: size }, (_, trial) => {
    let rest = trial;
    const places = lists.map(() => 0);
    for (let i = lists.length - 1; i >= 0; i--) {
      places[i] = rest % lists[i].length;
      rest = Math.floor(rest / lists[i].length);
    }
    return named(parameters, (i) => lists[i][places[i]]);
  });
}

const tooMany = (trials: number): UserError =>
  new UserError({ what: `${trials} trials are more than ${mostTrials}`, how: 'take fewer values' });

function sobol(parameters: readonly Parameter[], trials: number, seed: number): TrialValues[] {
  if (parameters.length > mostDimensions) {
    throw new UserError({
      what: `Sobol sequences are kept for ${mostDimensions} parameters, not ${parameters.length}`,
      where: '--strategy sobol',
      how: 'choose random',
    });
  }
  const shifts = parameters.map(({ path }) => new RandomStream(seed, 'sweep', 'sobol', path).uint32());
  return sobolPoints(trials, shifts).map((point) =>
    named(parameters, (i) => valueAt(parameters[i], point[i])),
  );
}

/**
 * The trials of a sweep in order.
 *
 * @param trials how many; of a grid it may be left out
 * @throws UserError when the strategy cannot do it
 */
export function drawTrials(
  strategy: Strategy,
  parameters: readonly Parameter[],
  trials: number | undefined,
  seed: number,
): TrialValues[] {
  if (strategy === 'grid') return grid(parameters, trials);
  if (trials === undefined) {
    throw new UserError({
      what: 'how many trials?',
      where: `--strategy ${strategy}`,
      how: 'add --trials 20',
    });
  }
  if (trials > mostTrials) throw tooMany(trials);
  if (strategy === 'sobol') return sobol(parameters, trials, seed);
  return Array.from({ length: trials }, (_, trial) =>
    named(parameters, (i) =>
      valueAt(parameters[i], new RandomStream(seed, 'sweep', 'random', trial, parameters[i].path).uniform()),
    ),
  );
}
