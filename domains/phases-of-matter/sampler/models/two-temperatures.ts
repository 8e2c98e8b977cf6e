// The models that are sampled at T = 0 and at infinite temperature only, as the paper has them.
import { UserError } from '../../../../core/errors.ts';
import { RandomStream } from '../../../../core/random.ts';
import type { ChainTask } from '../chain.ts';
import { randomSigns } from '../random-spins.ts';

/** @throws UserError unless `temperature` is 0 or Infinity */
export function checkTwoTemperatures(temperature: number, model: string): void {
  if (temperature !== 0 && temperature !== Number.POSITIVE_INFINITY) {
    throw new UserError({
      what: `temperature ${temperature} is neither 0 nor Infinity, where ${model} is sampled`,
      how: 'give 0 for ground states, Infinity for independent spins',
    });
  }
}

/** Independent spins on the two bonds of every vertex, [samples, L, L, 2]. */
export const independentBonds = ({ size, samples, seed }: ChainTask): Int8Array =>
  randomSigns(2 * size * size * samples, new RandomStream(seed).split('spins'));
