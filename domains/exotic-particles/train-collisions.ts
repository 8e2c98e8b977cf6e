// Trains one network of a run to tell signal from background, and saves it.
import type { RandomStream } from '../../core/random.ts';
import type { BatchSource } from '../../core/training/batch-source.ts';
import type { TrainContext } from '../domain.ts';
import { trainNetwork } from '../train-network.ts';
import { buildNetwork, type CollisionNetworkOptions } from './networks/build-network.ts';
import { collisionMetrics } from './networks/objective.ts';
import type { Recipe } from './networks/recipes.ts';

export interface ClassifierTraining extends Omit<CollisionNetworkOptions, 'l2' | 'random'> {
  /** Name of the network in the run. */
  readonly id: string;
  readonly recipe: Recipe;
  /**
   * Training rows: `features` [rows, columns] in the file's units, `label` 0 or 1, and `weight` (1 when left out), all
   * Float32Array. Weights of a class should have a mean near 1: their size counts as much as the rate's.
   */
  readonly source: BatchSource;
  /** Rows that decide which pass is kept; the last one without. */
  readonly validation?: BatchSource;
  /** The network's own stream: its weights and masks are drawn from it. */
  readonly random: RandomStream;
  /** Put into the model file besides. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Trains by a recipe, with `crossEntropy` and `auc` of the validation rows in the history, and saves the network under its id.
 *
 * @throws UserError when the loss is no longer a number
 */
export async function trainClassifier<Config>(
  { id, recipe, source, validation, metadata, random, ...options }: ClassifierTraining,
  context: TrainContext<Config>,
): Promise<void> {
  const { l2, earlyStopping, ...learning } = recipe;
  const network = buildNetwork({ ...options, l2, random: random.split('weights') });
  await trainNetwork(
    {
      id,
      model: network.model,
      objective: network.objective,
      inputs: network.inputs,
      train: source,
      ...(validation ? { validation, rowMetrics: collisionMetrics, earlyStopping } : {}),
      ...learning,
      onnx: () => network.exportOnnx({ name: id, metadata }),
    },
    context,
  );
}
