// How often the networks tell ground states of square ice from lattices of infinite temperature, beside the rule itself.
import type { Dataset } from '../../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure } from '../../../domain.ts';
import { estimateOf } from '../../accuracy.ts';
import { logisticRegression } from '../../baselines/logistic-regression.ts';
import { bestThreshold } from '../../baselines/magnetisation-threshold.ts';
import { violatedVertices } from '../../bonds/vertices.ts';
import type { PhasesConfig } from '../../config.ts';
import { groundStateShare } from '../../exact/square-ice.ts';
import { labelledRows } from '../../train.ts';
import {
  groundStateCalls,
  type LabelledBonds,
  labelledBonds,
  networksOf,
  shareRight,
} from '../bonds/calls.ts';
import { type BondSample, firstSample } from '../bonds/samples.ts';

export const networkKind = 'square-ice';

/** Accuracy in the paper, for L = 16. */
const paperAccuracy = 0.99;

/** What an evaluation keeps for the plot. */
export interface IceCurves {
  readonly samples: readonly BondSample[];
}

/** Share of vertices that obey the ice rule, for every lattice. */
function satisfied({ size, spins, ground }: LabelledBonds): Float64Array {
  const width = 2 * size * size;
  return Float64Array.from(ground, (_, row) => {
    const lattice = spins.subarray(row * width, (row + 1) * width);
    return 1 - violatedVertices(lattice, size) / (size * size);
  });
}

/** Calls of the best threshold on the number of vertices that violate the ice rule, from the training lattices. */
function vertexRule(training: LabelledBonds, test: LabelledBonds): Uint8Array {
  const threshold = bestThreshold(satisfied(training), training.ground);
  return Uint8Array.from(satisfied(test), (share) => (share >= threshold ? 1 : 0));
}

export async function evaluate(
  dataset: Dataset,
  context: EvaluateContext<PhasesConfig>,
): Promise<Evaluation> {
  const { models, random, progress } = context;
  const test = labelledBonds(dataset, dataset.splits.test);
  const { size, spins, ground } = test;
  const ids = networksOf(networkKind, models);
  const task = progress.task('Evaluating square ice', ids.length, 'networks');
  const shares: number[] = [];
  for (const id of ids) {
    shares.push(shareRight(await groundStateCalls(models, id, spins, size), ground));
    task.advance();
  }
  task.end();
  const training = labelledRows(dataset, 'train');
  const rule = vertexRule(labelledBonds(dataset, training), test);
  const logistic = await logisticRegression(dataset, dataset.splits.test, {
    ...context,
    random: random.split('square-ice'),
  });
  const n = ground.length;
  const bound = 1 - groundStateShare(size) / 2;
  const figure: Figure = {
    id: 'accuracy-square-ice',
    label: `accuracy, square ice, L = ${size}`,
    ...estimateOf(shares, n),
    level: 0.95,
    n,
    ...(size === 16 ? { paper: { value: paperAccuracy } } : {}),
    baselines: [
      {
        id: 'vertex-rule',
        label: 'vertices that violate the ice rule',
        ...estimateOf([shareRight(rule, ground)], n),
      },
      { id: 'logistic', label: 'logistic regression', ...estimateOf([shareRight(logistic, ground)], n) },
      { id: 'bayes-bound', label: 'Bayes bound', value: bound, low: bound, high: bound },
    ],
    note: `Ground states against lattices of infinite temperature, of which a share of about ${groundStateShare(size).toExponential(0)} obeys the rule everywhere by chance: whoever counts is always right.${ids.length === 1 ? ' Not in the interval: one network, and what another would change.' : ''}`,
  };
  const curves: IceCurves = { samples: [firstSample(test, 1), firstSample(test, 0)] };
  return { figures: [figure], curves: curves as unknown as Evaluation['curves'] };
}
