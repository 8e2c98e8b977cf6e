// How much of each part of the signal there is: what counts of codes show, and what their order and spacing alone show.
import { UserError } from '../../../core/errors.ts';

/** Share of the signal in order and spacing at which both parts have the sizes that were tuned to the paper's figures. */
export const tunedOrderShare = 0.5;

export interface Effects {
  /** Of what counts show: hazard ratios have this exponent, signs before the diagnosis rise by as much; 1 as published. */
  readonly counts: number;
  /** Of what order and spacing show, 1 as tuned. */
  readonly order: number;
}

/**
 * The two parts of a signal. Another share than the tuned one weakens one part and leaves the other as it is; at 0 there is no
 * order, at 1 nothing but order.
 *
 * @param strength 0 (cases are like controls) to 2; 1 as published and tuned
 * @param orderShare 0 to 1
 * @throws UserError outside of these ranges
 */
export function effectsOf(strength: number, orderShare: number): Effects {
  for (const [name, value, most] of [
    ['strength', strength, 2],
    ['orderShare', orderShare, 1],
  ] as const) {
    if (!(value >= 0 && value <= most)) {
      throw new UserError({
        what: `${name} is ${value}`,
        where: 'simulator',
        how: `give ${name} from 0 to ${most}`,
      });
    }
  }
  return {
    counts: strength * Math.min(1, (1 - orderShare) / (1 - tunedOrderShare)),
    order: strength * Math.min(1, orderShare / tunedOrderShare),
  };
}
