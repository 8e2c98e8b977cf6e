// Trains the models that read counts of codes: each with several strengths of its penalty, of which the best by validation
// patients is kept, as the paper tuned its baselines.
import { openEngine } from '../../core/engine/devices.ts';
import { namedWeights } from '../../core/models/named-weights.ts';
import type { RandomStream } from '../../core/random.ts';
import { restore, snapshot } from '../../core/training/checkpoint.ts';
import { fit } from '../../core/training/fit.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { TrainContext } from '../domain.ts';
import type { HeartFailureConfig } from './config.ts';
import { countNetwork, fromCounts } from './networks/count-network.ts';
import type { CountKind } from './networks/kinds.ts';
import { caseMetrics, caseObjective } from './networks/objective.ts';
import type { ObservedCohort } from './records/observed-cohort.ts';
import { countSource, priorOf } from './records/record-source.ts';
import type { LabelledRows } from './train.ts';

/** Strengths of sum W^2 that are tried. */
const penalties: Readonly<Record<CountKind, readonly number[]>> = {
  svm: [1e-3, 1e-2, 3e-2],
  logistic: [3e-4, 1e-3, 3e-3],
  mlp: [3e-4, 1e-3],
};

const epochs = 20;

/** The network with the penalty that validation patients prefer. */
export async function trainCounts(
  id: string,
  kind: CountKind,
  observed: ObservedCohort,
  { train, validation }: LabelledRows,
  random: RandomStream,
  { device, threads, progress, signal, record }: TrainContext<HeartFailureConfig>,
) {
  const codes = observed.vocabulary.concepts.length;
  const model = countNetwork(kind, codes, priorOf(train), random.split('weights'));
  const weights = namedWeights(model);
  const start = snapshot(weights);
  const learningRate = kind === 'mlp' ? 1e-3 : 2e-2;
  let best = { auc: Number.NEGATIVE_INFINITY, weights: start, penalty: Number.NaN };
  for (const penalty of penalties[kind]) {
    restore(weights, start, id);
    const engine = await openEngine(device, { threads });
    try {
      const result = await fit({
        engine,
        model,
        label: `Training ${id}, penalty ${penalty}`,
        progress,
        signal,
        objective: ({ counts, ...given }, training) =>
          caseObjective(model, {
            inputs: ['x'],
            l2: penalty,
            penalised: (name) => name.endsWith('/kernel'),
            loss: kind === 'svm' ? 'hinge' : 'likelihood',
          })({ ...given, x: fromCounts(counts) }, training),
        optimizer: adam({ learningRate }),
        schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
        inputs: { counts: { shape: [codes] }, label: { shape: [1] } },
        train: countSource(observed, { ...train, shuffle: random.split('order') }),
        validation: countSource(observed, validation),
        rowMetrics: caseMetrics,
        earlyStopping: { metric: 'auc', mode: 'max', patience: epochs },
        batchSize: 256,
        epochs,
        onHistory: ({ step, loss, validation: measured }) =>
          record({
            model: `${id}, penalty ${penalty}`,
            step,
            loss,
            validationAuc: measured?.auc ?? Number.NaN,
          }),
      });
      const auc = result.best?.value ?? 0.5;
      if (auc > best.auc) best = { auc, weights: snapshot(weights), penalty };
    } finally {
      await engine.dispose();
    }
  }
  restore(weights, best.weights, id);
  return { model, penalty: best.penalty };
}
