// Training of two networks against each other (Goodfellow et al. 2014, arXiv:1406.2661) in the form of pix2pix (Isola et al.
// 2017, arXiv:1611.07004): a discriminator learns to tell made images from real ones, a generator to make images that pass
// and that are near the real ones. One step makes images once, moves the discriminator with them, and then the generator
// against the discriminator as it is now. Both are one compiled step in the loop of training-loop.ts.
import {
  abs,
  add,
  concat,
  keep,
  mean,
  mul,
  onesLike,
  type Scalar,
  sub,
  type Tensor,
  type Variable,
  variableGrads,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Step } from '../engine/program.ts';
import { namedWeights, trainableWeights } from '../models/named-weights.ts';
import { logitCrossEntropy, weightedMean } from './losses.ts';
import type { Objective } from './objective.ts';
import { type AdamOptions, adam } from './optimizers/adam.ts';
import type { BoundOptimizer, NamedVariables, Optimizer } from './optimizers/optimizer.ts';
import { evaluationAnswers, type LoopOptions, type TrainingResult, train } from './training-loop.ts';

type Inputs = Record<string, Tensor>;

/** What the two networks play for. */
export interface AdversarialObjective {
  /** The images that the generator makes of a batch. */
  readonly generate: (inputs: Inputs, training: boolean) => Tensor;
  /** The real images of a batch. */
  readonly real: (inputs: Inputs) => Tensor;
  /** The discriminator's logits for images of a batch: positive for real. */
  readonly judge: (inputs: Inputs, images: Tensor) => Tensor;
  /** The generator's loss but for the discriminator's verdict, with metrics: what validation reports. */
  readonly regression: (inputs: Inputs, made: Tensor, training: boolean) => ReturnType<Objective>;
  /** Weight of the verdict beside the regression. Default 1. */
  readonly adversarialWeight?: number;
}

export interface Pix2pixObjectiveOptions {
  readonly generator: LayersModel;
  /** Judges a condition and an image, laid one beside the other by channels. */
  readonly discriminator: LayersModel;
  /** Weight of the mean absolute error. Default 100. */
  readonly lambda?: number;
}

/**
 * BCE + lambda mean |truth - made| for the inputs `condition` and `truth` [rows, height, width, channels] and `weight` [rows].
 * `absoluteError` is its metric.
 */
export function pix2pixObjective(options: Pix2pixObjectiveOptions): AdversarialObjective {
  const { generator, discriminator, lambda = 100 } = options;
  return {
    generate: ({ condition }, training) => generator.apply(condition, { training }) as Tensor,
    real: ({ truth }) => truth,
    judge: ({ condition }, images) =>
      discriminator.apply(concat([condition, images], 3), { training: true }) as Tensor,
    regression: ({ truth, weight }, made) => {
      const absoluteError = weightedMean(mean(abs(sub(truth, made)), [1, 2, 3]), weight);
      return { loss: mul(absoluteError, lambda) as Scalar, metrics: { absoluteError } };
    },
  };
}

export interface AdversarialOptions extends LoopOptions {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
  readonly objective: AdversarialObjective;
  /** Default Adam with learning rate 2e-4 and beta1 0.5. Its rates go by their own names. */
  readonly generatorOptimizer?: Optimizer;
  /** Default the same. Its rates go by `discriminator/<name>`. */
  readonly discriminatorOptimizer?: Optimizer;
}

const pix2pixRates: AdamOptions = { learningRate: 2e-4, beta1: 0.5 };

/** Before the names of the discriminator's rates. */
const RIVAL = 'discriminator/';

const prefixed = <T>(prefix: string, entries: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [`${prefix}${name}`, value]));

/** A network's part in the game. */
interface Player {
  readonly variables: NamedVariables;
  readonly optimizer: BoundOptimizer;
  readonly rates: Readonly<Record<string, Scalar>>;
}

/** Moves a player down the gradient of a loss. */
function move({ variables, optimizer, rates }: Player, loss: () => Scalar): Scalar {
  const { value, grads } = variableGrads(loss, Object.values(variables) as Variable[]);
  const named = Object.entries(variables).map(([name, variable]) => [name, grads[variable.name]]);
  optimizer.apply(Object.fromEntries(named), rates);
  return value;
}

/** (BCE(real, 1) + BCE(made, 0)) / 2, halved as in the paper's code so that it learns no faster than its rival. */
function discriminatorLoss({ judge, real }: AdversarialObjective, inputs: Inputs, made: Tensor): Scalar {
  const [passed, caught] = [judge(inputs, real(inputs)), judge(inputs, made)];
  const right = logitCrossEntropy(onesLike(passed), passed, inputs.weight);
  return mul(add(right, logitCrossEntropy(zerosLike(caught), caught, inputs.weight)), 0.5);
}

/**
 * One step of both. Answers the generator's `loss`, its parts `adversarial` and `regression`, and `discriminator`, the loss
 * of the discriminator before it moved.
 */
function playingStep(
  objective: AdversarialObjective,
  players: (inputs: Inputs) => { readonly generator: Player; readonly discriminator: Player },
): Step {
  const { generate, judge, regression, adversarialWeight = 1 } = objective;
  return (inputs) => {
    const { generator, discriminator } = players(inputs);
    const parts: Record<string, Scalar> = {};
    const loss = move(generator, () => {
      const made = generate(inputs, true);
      // The discriminator's variables change here: what follows reads their new values.
      parts.discriminator = keep(move(discriminator, () => discriminatorLoss(objective, inputs, made)));
      const verdict = judge(inputs, made);
      parts.adversarial = keep(logitCrossEntropy(onesLike(verdict), verdict, inputs.weight));
      parts.regression = keep(regression(inputs, made, true).loss);
      return add(mul(parts.adversarial, adversarialWeight), parts.regression) as Scalar;
    });
    // What outlives the tape belongs to the step from here on.
    const answers = Object.entries(parts).map(([name, part]) => {
      const answer = part.clone();
      part.dispose();
      return [name, answer];
    });
    return { loss, ...Object.fromEntries(answers) };
  };
}

/**
 * Trains until `epochs`, `steps` or early stopping ends it. The variables of both networks hold the result. Validation
 * reports the regression, without the verdict.
 *
 * @throws UserError when a loss is no longer a number, when a checkpoint does not fit, or nothing is left to train on
 * @throws the signal's reason when stopped
 */
export async function trainAdversarially(options: AdversarialOptions): Promise<TrainingResult> {
  const { generator, discriminator, objective, ...loop } = options;
  const { generatorOptimizer = adam(pix2pixRates), discriminatorOptimizer = adam(pix2pixRates) } = options;
  const made = trainableWeights(generator);
  const judging = trainableWeights(discriminator);
  const [forGenerator, forDiscriminator] = [
    generatorOptimizer.bind(made),
    discriminatorOptimizer.bind(judging),
  ];
  const ratesOf = (inputs: Inputs, prefix: string, { rates }: Optimizer): Record<string, Scalar> =>
    Object.fromEntries(Object.keys(rates).map((name) => [name, inputs[`${prefix}${name}`] as Scalar]));
  const task = {
    who: 'adversarial training',
    weights: {
      ...prefixed('generator/', namedWeights(generator)),
      ...prefixed(RIVAL, namedWeights(discriminator)),
    },
    slots: {
      ...prefixed('generator/', forGenerator.slots),
      ...prefixed(RIVAL, forDiscriminator.slots),
    },
    rates: { ...generatorOptimizer.rates, ...prefixed(RIVAL, discriminatorOptimizer.rates) },
    training: playingStep(objective, (inputs) => ({
      generator: {
        variables: made,
        optimizer: forGenerator,
        rates: ratesOf(inputs, '', generatorOptimizer),
      },
      discriminator: {
        variables: judging,
        optimizer: forDiscriminator,
        rates: ratesOf(inputs, RIVAL, discriminatorOptimizer),
      },
    })),
    evaluation: (inputs: Inputs) =>
      evaluationAnswers(
        objective.regression(inputs, objective.generate(inputs, false), false),
        loop.rowMetrics !== undefined,
      ),
  };
  return train(task, loop);
}
