// Trains the networks of a run: autoencoders, principal components beside them, classifiers, and the columns of the committee.

import { UserError } from '../../core/errors.ts';
import type { Dataset, Parts } from '../../data-adapters/dataset.ts';
import type { TrainContext } from '../domain.ts';
import type { DigitsConfig } from './config.ts';
import { targetCodes } from './networks/target-codes.ts';
import { classesOf } from './parts.ts';
import { findComponents, trainAutoencoder } from './train-autoencoders.ts';
import { trainClassifiers } from './train-classifiers.ts';

/** @throws UserError when two networks have one name, or a network cannot tell the classes of the data apart */
function check(data: Dataset, { autoencoders, classifiers }: DigitsConfig): void {
  const both = classifiers.find(({ name }) => autoencoders.some((other) => other.name === name));
  if (both !== undefined)
    throw new UserError({
      what: `an autoencoder and a classifier are both called ${both.name}`,
      where: 'classifiers',
      how: 'give one of them another name',
    });
  const classes = classesOf(data);
  const coded = classifiers.find(({ kind }) => kind === 'lenet5-rbf');
  if (coded !== undefined && classes !== targetCodes.length)
    throw new UserError({
      what: `${coded.name} has codes for ${targetCodes.length} classes, and the data have ${classes}`,
      where: 'classifiers',
      how: 'choose kind lenet5, which learns its output',
    });
}

export async function train({ main }: Parts, context: TrainContext<DigitsConfig>): Promise<void> {
  check(main, context.config);
  for (const settings of context.config.autoencoders) await trainAutoencoder(main, settings, context);
  for (const count of context.config.components) await findComponents(main, count, context);
  await trainClassifiers(main, context);
}
