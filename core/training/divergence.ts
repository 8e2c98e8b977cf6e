// What to say when a loss stops being a number.
import { UserError } from '../errors.ts';

interface Divergence {
  readonly value: number;
  readonly step: number;
  readonly epoch: number;
  readonly rates: Readonly<Record<string, number>>;
  readonly label?: string;
}

/** The error for a loss that became NaN or infinite, naming the step and what to try. */
export function divergence({ value, step, epoch, rates, label }: Divergence): UserError {
  const rate = rates.learningRate;
  return new UserError({
    what: `the loss became ${value} at step ${step} (epoch ${epoch + 1})`,
    where: label,
    how: `try a lower learning rate${rate === undefined ? '' : ` than ${rate}`}, and check the inputs for NaN and very large values`,
  });
}
