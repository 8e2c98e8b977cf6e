// Logistic regression on the spins: one weight a spin. The Hamiltonian does not change when every spin is flipped, so on
// lattices of both signs no such line can tell order from disorder: what it falls short by is what the hidden layer
// is for (compare Mehta et al. 2019, where it reaches 0.69 on lattices whose sign was left as sampled).
import type { Tensor } from '@tensorflow/tfjs-core';
import { cast, reshape, slice } from '@tensorflow/tfjs-core';
import { openEngine } from '../../../core/engine/devices.ts';
import { mlp } from '../../../core/models/mlp.ts';
import { rowSource } from '../../../core/training/batch-source.ts';
import { fit } from '../../../core/training/fit.ts';
import { binaryCrossEntropy } from '../../../core/training/losses.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import type { StageContext } from '../../domain.ts';
import type { PhasesConfig } from '../config.ts';
import { gatherFrom, labelledRows } from '../train.ts';

/** Fits on the training lattices; answers whether each of the given rows is called ordered (1) or not (0). */
export async function logisticRegression(
  dataset: Dataset,
  rows: Uint32Array,
  context: StageContext<PhasesConfig>,
): Promise<Uint8Array> {
  const { shape } = dataset.column('spins');
  const width = shape.reduce((product, length) => product * length, 1);
  const random = context.random.split('logistic', shape[0]);
  const { batchSize } = context.config.training;
  const model = mlp({
    inputs: width,
    hidden: [],
    hiddenActivation: 'linear',
    outputs: 1,
    outputActivation: 'sigmoid',
    random,
  });
  const forward = (spins: Tensor): Tensor =>
    model.apply(reshape(cast(spins, 'float32'), [-1, width])) as Tensor;
  const gather = gatherFrom(dataset);
  const spins = { shape, storage: 'int8' } as const;
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    await fit({
      engine,
      model,
      label: `Logistic regression L${shape[0]}`,
      objective: ({ spins: given, phase, weight }) => ({
        loss: binaryCrossEntropy(slice(phase, [0, 0], [-1, 1]), forward(given), weight),
      }),
      optimizer: adam({ learningRate: 0.003 }),
      inputs: { spins, phase: { shape: [2] } },
      train: rowSource({ rows: labelledRows(dataset, 'train'), gather, shuffle: random.split('order') }),
      batchSize,
      steps: context.config.baselines.logisticSteps,
      progress: context.progress,
      signal: context.signal,
    });
    const program = await engine.compile(({ spins: given }) => ({ p: forward(given) }), {
      spins: { ...spins, shape: [batchSize, ...shape] },
    });
    const calls = new Uint8Array(rows.length);
    for (let start = 0; start < rows.length; start += batchSize) {
      const taken = rows.subarray(start, start + batchSize);
      const padded = new Int8Array(batchSize * width);
      padded.set(gather(taken).spins);
      const [{ p }] = await program.run({ spins: padded });
      for (let i = 0; i < taken.length; i++) calls[start + i] = p.data[i] > 0.5 ? 1 : 0;
    }
    await program.dispose();
    return calls;
  } finally {
    await engine.dispose();
    model.dispose();
  }
}
