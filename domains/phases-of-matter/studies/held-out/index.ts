// The critical region held out (Mehta et al., Physics Reports 810, 1 (2019), section VII and notebooks): networks that saw
// lattices deep in either phase alone are asked about those near the transition. Their temperatures and lattice size;
// networks and samples are our own.

import { rowSource } from '../../../../core/training/batch-source.ts';
import type { Dataset, Parts } from '../../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure, TrainContext } from '../../../domain.ts';
import { trainNetwork } from '../../../train-network.ts';
import { type Classifier, estimateOf } from '../../accuracy.ts';
import { logisticRegression } from '../../baselines/logistic-regression.ts';
import { magnetisationThreshold } from '../../baselines/magnetisation-threshold.ts';
import { identity } from '../../calibration.ts';
import type { PhasesConfig } from '../../config.ts';
import { bayesRule } from '../../exact/bayes-bound.ts';
import { criticalTemperature } from '../../exact/onsager.ts';
import { learningOptions } from '../../learning.ts';
import { exportNetwork, networkInput, phaseNetwork, phaseObjective } from '../../network.ts';
import { orderedProbability } from '../../outputs.ts';
import type { LatticeBlock } from '../../sampler/simulate-lattices.ts';
import { gatherFrom } from '../../train.ts';
import { evenTemperatures, isPartOf, ownLattices } from '../own-lattices.ts';
import type { Study, StudyLattices } from '../study.ts';
import { type HeldOutCurves, plots } from './plots.ts';

const NAME = 'held-out';
const level = 0.95;

/** The 16 temperatures of Mehta et al., J / k_B. */
const temperatures = evenTemperatures(0.25, 4, 16);

/** Those that no classifier is trained on. */
export const isHeldOut = (temperature: number): boolean => temperature > 1.9 && temperature < 2.6;

const networkId = (member: number): string => `${NAME}-${member + 1}`;

function lattices(config: PhasesConfig): StudyLattices {
  const { size, training, test, critical } = config.heldOut;
  const blocks = temperatures.flatMap((temperature): LatticeBlock[] =>
    isHeldOut(temperature)
      ? [{ size, temperature, split: 'test', samples: critical }]
      : [
          { size, temperature, split: 'train', samples: training },
          { size, temperature, split: 'test', samples: test },
        ],
  );
  return ownLattices(NAME, blocks, config);
}

async function train(parts: Parts, context: TrainContext<PhasesConfig>): Promise<void> {
  const { size, networks, steps, batchSize, learningRate } = context.config.heldOut;
  const { network, training } = context.config;
  const scale = training.scaling === 'none' ? 1 : size ** 2 / 100;
  const [dataset] = Object.values(parts);
  for (let member = 0; member < networks; member++) {
    const id = networkId(member);
    if (context.hasModel(id)) continue;
    const model = phaseNetwork({ ...network, size, random: context.random.split(id, 'weights') });
    await trainNetwork(
      {
        id,
        model,
        objective: phaseObjective(model, size, network.l2 * scale),
        inputs: { [networkInput]: { shape: [size, size], storage: 'int8' }, phase: { shape: [2] } },
        train: rowSource({
          rows: dataset.splits.train,
          gather: gatherFrom(dataset),
          shuffle: context.random.split(id, 'order'),
        }),
        ...learningOptions({ steps, batchSize, learningRate }),
        onnx: () => exportNetwork(model, size, identity),
      },
      context,
    );
  }
}

/** Whether each row is called ordered, for each of a classifier's networks (or its one rule). */
interface Calls {
  readonly id: string;
  readonly label: string;
  readonly calls: readonly ArrayLike<number>[];
}

async function classifiers(dataset: Dataset, context: EvaluateContext<PhasesConfig>): Promise<Calls[]> {
  const { train: training, test: rows } = dataset.splits;
  const { networks } = context.config.heldOut;
  const answers: Float64Array[] = [];
  for (let member = 0; member < networks; member++) {
    const output = await orderedProbability(dataset, rows, (inputs) =>
      context.models.run(networkId(member), inputs),
    );
    answers.push(output.map((p) => (p > 0.5 ? 1 : 0)));
  }
  return [
    { id: 'network', label: 'network', calls: answers },
    {
      id: 'magnetisation',
      label: '|m| threshold',
      calls: [magnetisationThreshold(dataset, training, rows)],
    },
    {
      id: 'logistic',
      label: 'logistic regression',
      calls: [await logisticRegression(dataset, rows, context)],
    },
  ];
}

async function evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation> {
  const [dataset] = Object.values(parts);
  const { size } = context.config.heldOut;
  const all = dataset.column('temperature').data;
  const drawn = Array.from(dataset.splits.test, (row) => all[row]);
  const found = await classifiers(dataset, context);
  /** Accuracy on the test rows that `among` admits. */
  const score = ({ id, label, calls }: Calls, among: (temperature: number) => boolean): Classifier => {
    const rows = drawn.flatMap((t, row) => (among(t) ? [row] : []));
    const shares = calls.map(
      (call) =>
        rows.filter((row) => call[row] === (drawn[row] < criticalTemperature ? 1 : 0)).length / rows.length,
    );
    return { id, label, ...estimateOf(shares, rows.length) };
  };
  const figure = (region: string, label: string, among: (t: number) => boolean, note: string): Figure => {
    const [network, ...baselines] = found.map((classifier) => score(classifier, among));
    const counts = temperatures.filter(among).map((temperature) => ({ temperature, count: 1 }));
    const { accuracy } = bayesRule(size, counts);
    return {
      ...network,
      id: `held-out-accuracy-${region}`,
      label,
      level,
      n: drawn.filter(among).length,
      baselines: [
        ...baselines,
        { id: 'bayes-bound', label: 'Bayes bound', value: accuracy, low: accuracy, high: accuracy },
      ],
      note,
    };
  };
  const mehta = 'Mehta et al. on their own samples with other networks, whose sign was left as sampled:';
  const figures = [
    figure(
      'critical',
      'accuracy on the held-out critical region',
      isHeldOut,
      `T = 2, 2.25 and 2.5, which nothing was trained on. ${mehta} logistic regression .623, random forest .81 to .84, convolutional network .79 to .91.`,
    ),
    figure(
      'outside',
      'accuracy outside it',
      (t) => !isHeldOut(t),
      `Test lattices at the temperatures trained on. ${mehta} logistic regression .692, random forest 1.000, convolutional network 1.`,
    ),
  ];
  const curves: HeldOutCurves = {
    points: temperatures.flatMap((temperature) =>
      found.map((classifier) => {
        const { label, value, low, high } = score(classifier, (t) => t === temperature);
        return { temperature, classifier: label, value, low, high };
      }),
    ),
  };
  return { figures, curves: curves as unknown as Evaluation['curves'] };
}

export const heldOut: Study = {
  name: NAME,
  ownsPart: isPartOf(NAME),
  lattices,
  train,
  evaluate,
  figures: async (curves) => plots(curves as unknown as HeldOutCurves),
};
