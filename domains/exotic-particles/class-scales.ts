// How much signal and background weigh in training. Physical weights make signal a thousandth of what is recorded, and a
// network that sees them learns that all is background.
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { CollisionsConfig } from './config.ts';

/**
 * Factors of the weights of background and signal: with them the mean weight is 1, so that rates mean the same for any units
 * of weight, and both classes weigh the same where `training.balance` says so and weights differ.
 */
export async function classScalesOf(
  { splits, statistics }: StoredDataset,
  { training }: Pick<CollisionsConfig, 'training'>,
): Promise<readonly [background: number, signal: number]> {
  const [{ mean, deviation }] = statistics.weight;
  const whole = mean > 0 ? 1 / mean : 1;
  if (!training.balance || deviation === 0) return [whole, whole];
  const sums: [number, number] = [0, 0];
  for await (const { size, columns } of splits.train.blocks(['label', 'weight'])) {
    for (let i = 0; i < size; i++) sums[columns.label.data[i]] += columns.weight.data[i];
  }
  const [background, signal] = sums.map((sum) => (sum > 0 ? splits.train.length / 2 / sum : whole));
  return [background, signal];
}
