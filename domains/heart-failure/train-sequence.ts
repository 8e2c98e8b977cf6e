// Trains a network that reads a record step by step: by the paper's recipe or a faster one.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../../core/random.ts';
import type { FitOptions } from '../../core/training/fit.ts';
import { adadelta } from '../../core/training/optimizers/adadelta.ts';
import { adamW } from '../../core/training/optimizers/adam-w.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { TrainContext } from '../domain.ts';
import { trainNetwork } from '../train-network.ts';
import type { HeartFailureConfig } from './config.ts';
import type { NetworkName } from './network-id.ts';
import type { SequenceKind } from './networks/kinds.ts';
import { caseMetrics, caseObjective } from './networks/objective.ts';
import { recurrentNetwork, retainNetwork } from './networks/record-network.ts';
import type { ObservedCohort } from './records/observed-cohort.ts';
import { priorOf, sequenceSource } from './records/record-source.ts';
import type { LabelledRows } from './train.ts';

export interface SequenceTraining {
  readonly name: NetworkName & { readonly kind: SequenceKind };
  readonly observed: ObservedCohort;
  readonly vectors?: Float32Array;
  readonly rows: LabelledRows;
  readonly random: RandomStream;
}

type Recipe = Pick<FitOptions, 'optimizer' | 'schedules'> & { readonly l2: number };

/** Adadelta and 0.001 sum W^2 on the weights of the output alone (Choi et al. 2017, gru_onehot.py). */
const paperRecipe = (): Recipe => ({ optimizer: adadelta({ decay: 0.95, epsilon: 1e-6 }), l2: 0.001 });

const adamRecipe = ({ learningRate, weightDecay }: HeartFailureConfig['training']): Recipe => ({
  optimizer: adamW({ learningRate, weightDecay }),
  schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
  l2: 0,
});

export function trainSequence(
  id: string,
  { name, observed, vectors, rows, random }: SequenceTraining,
  finish: (model: LayersModel) => Promise<Uint8Array>,
  context: TrainContext<HeartFailureConfig>,
): Promise<void> {
  const { training, representation } = context.config;
  const { longest, codesPerStep } = representation;
  const exact = name.kind === 'paper-gru';
  const options = {
    codes: observed.vocabulary.concepts.length,
    codesPerStep,
    units: training.units,
    width: training.width,
    dropout: training.dropout,
    durations: name.timed,
    prior: priorOf(rows.train),
    ...(vectors === undefined ? {} : { vectors }),
    random: random.split('weights'),
  };
  const model = name.kind === 'retain' ? retainNetwork(options) : recurrentNetwork(options, exact);
  const { l2, ...recipe } = exact ? paperRecipe() : adamRecipe(training);
  const shape = { codesPerStep, longest };
  return trainNetwork(
    {
      id,
      model,
      objective: caseObjective(model, {
        inputs: ['codes', 'days'],
        l2,
        penalised: (weight) => weight === 'output/kernel',
      }),
      ...recipe,
      inputs: {
        codes: { shape: [-1, codesPerStep], dtype: 'int32' },
        days: { shape: [-1] },
        label: { shape: [1] },
      },
      train: sequenceSource(observed, {
        ...rows.train,
        ...shape,
        codeDropout: exact ? 0 : training.codeDropout,
        shuffle: random.split('order'),
      }),
      validation: sequenceSource(observed, { ...rows.validation, ...shape }),
      rowMetrics: caseMetrics,
      earlyStopping: { metric: 'auc', mode: 'max', patience: training.epochs },
      batchSize: training.batchSize,
      epochs: training.epochs,
      onnx: () => finish(model),
    },
    context,
  );
}
