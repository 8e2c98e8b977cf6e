// Trains logistic or linear regression with several strengths of its penalty, each to its optimum, and keeps the one that
// validation rows prefer.
import { openEngine } from '../../core/engine/devices.ts';
import { toLayersFormat } from '../../core/models/layers-format.ts';
import { namedWeights } from '../../core/models/named-weights.ts';
import { restore, snapshot } from '../../core/training/checkpoint.ts';
import { fit } from '../../core/training/fit.ts';
import { adam } from '../../core/training/optimizers/adam.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { TrainContext } from '../domain.ts';
import type { OwnTableConfig } from './config.ts';
import { buildNetwork } from './networks/build-network.ts';
import type { TableTraining } from './train.ts';

const learningRate = 0.03;
/** Rows shown to a network, and passes, at least and at most. */
const [shownRows, leastEpochs, mostEpochs] = [300_000, 3, 150] as const;
const batchSize = 256;

export async function trainLinear(
  id: string,
  { columns, units, answer, train, validation, random, metadata }: TableTraining,
  { config, device, threads, progress, signal, record, saveModel }: TrainContext<OwnTableConfig>,
): Promise<void> {
  const epochs = Math.min(mostEpochs, Math.max(leastEpochs, Math.round(shownRows / train.size)));
  const network = buildNetwork({
    columns,
    units,
    answer,
    hidden: [],
    members: 1,
    dropout: 0,
    random: random.split('weights'),
  });
  const { model } = network;
  const weights = namedWeights(model);
  const start = snapshot(weights);
  let best = { error: Number.POSITIVE_INFINITY, weights: start, penalty: config.linear.penalties[0] };
  try {
    for (const penalty of config.linear.penalties) {
      restore(weights, start, id);
      const engine = await openEngine(device, { threads });
      try {
        let error = Number.POSITIVE_INFINITY;
        await fit({
          engine,
          model,
          label: `Training ${id}, penalty ${penalty}`,
          progress,
          signal,
          objective: network.objective(penalty),
          inputs: network.inputs,
          optimizer: adam({ learningRate }),
          schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
          train,
          validation,
          batchSize,
          epochs,
          stepsPerCall: 4,
          onHistory({ step, loss, validation: measured }) {
            error = measured?.error ?? Number.POSITIVE_INFINITY;
            record({ model: `${id}, penalty ${penalty}`, step, loss, validationError: error });
          },
        });
        if (error < best.error) best = { error, weights: snapshot(weights), penalty };
      } finally {
        await engine.dispose();
      }
    }
    restore(weights, best.weights, id);
    const onnx = network.exportOnnx(id, { ...metadata, penalty: String(best.penalty) });
    await saveModel(id, { onnx, layers: await toLayersFormat(model) });
  } finally {
    model.dispose();
  }
}
