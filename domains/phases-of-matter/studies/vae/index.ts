// A variational autoencoder that no label was shown (Wetzel, Phys. Rev. E 96, 022140 (2017)): its one latent variable
// becomes the magnetisation, and how well it rebuilds lattices changes at the transition.
import { bootstrapInterval } from '../../../../core/metrics/bootstrap.ts';
import { rowSource } from '../../../../core/training/batch-source.ts';
import type { Dataset, Parts } from '../../../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure, TrainContext } from '../../../domain.ts';
import { memberCount } from '../../../ensemble.ts';
import { trainNetwork } from '../../../train-network.ts';
import type { PhasesConfig } from '../../config.ts';
import { learningOptions } from '../../learning.ts';
import { magnetisations } from '../../observables.ts';
import type { LatticeBlock } from '../../sampler/simulate-lattices.ts';
import { paperTemperatures } from '../../simulate.ts';
import { correlation } from '../correlation.ts';
import { isPartOf, ownLattices } from '../own-lattices.ts';
import type { Study, StudyLattices } from '../study.ts';
import { overTemperatures, temperatureMeans } from '../temperature-means.ts';
import {
  autoencoder,
  exportAutoencoder,
  latentOutput,
  lossOutput,
  spinsInput,
  vaeObjective,
} from './network.ts';
import { plots, type VaeCurves } from './plots.ts';

const NAME = 'vae';
const level = 0.95;

/** Lattices that the plot shows as points. */
const shown = 1200;

function lattices(config: PhasesConfig): StudyLattices {
  const { size, training, test } = config.vae;
  const blocks = paperTemperatures.flatMap((temperature): LatticeBlock[] => [
    { size, temperature, split: 'train', samples: training },
    { size, temperature, split: 'test', samples: test },
  ]);
  return ownLattices(NAME, blocks, config);
}

async function train(parts: Parts, context: TrainContext<PhasesConfig>): Promise<void> {
  if (context.hasModel(NAME)) return;
  const [dataset] = Object.values(parts);
  const { size, hiddenUnits, ...learning } = context.config.vae;
  const model = autoencoder(size, hiddenUnits, context.random.split(NAME, 'weights'));
  await trainNetwork(
    {
      id: NAME,
      model,
      objective: vaeObjective(model, size, context.random.split(NAME, 'noise').seed()),
      inputs: { [spinsInput]: { shape: [size, size], storage: 'int8' } },
      train: rowSource({
        rows: dataset.splits.train,
        gather: (rows) => ({ [spinsInput]: dataset.take(rows, ['spins']).columns.spins.data as Int8Array }),
        shuffle: context.random.split(NAME, 'order'),
      }),
      ...learningOptions(learning),
      onnx: () => exportAutoencoder(model, size),
    },
    context,
  );
}

/** The latent variable, which an ensemble has not, and the loss of each row. */
async function answers(
  dataset: Dataset,
  rows: Uint32Array,
  { models }: EvaluateContext<PhasesConfig>,
): Promise<{ readonly latent?: Float64Array; readonly loss: Float64Array }> {
  const { spins } = dataset.take(rows, ['spins']).columns;
  const { [latentOutput]: latent, [lossOutput]: loss } = await models.run(NAME, {
    [spinsInput]: { dtype: 'int32', shape: [rows.length, ...spins.shape], data: Int32Array.from(spins.data) },
  });
  return { latent: latent && Float64Array.from(latent.data), loss: Float64Array.from(loss.data) };
}

/** How much the latent variable is the magnetisation. */
function likeness(
  latent: Float64Array,
  m: Float64Array,
  { config, random }: EvaluateContext<PhasesConfig>,
): Figure {
  return {
    id: `vae-magnetisation-correlation-l${config.vae.size}`,
    label: `VAE, |correlation| of the latent variable with m, L = ${config.vae.size}`,
    ...bootstrapInterval(
      latent.length,
      (rows) =>
        Math.abs(
          correlation(
            Float64Array.from(rows, (row) => latent[row]),
            Float64Array.from(rows, (row) => m[row]),
          ),
        ),
      { random: random.split(NAME, 'bootstrap'), replicates: config.bootstrap },
    ),
    level,
    n: latent.length,
    note: 'One network; the interval is a bootstrap over test lattices.',
  };
}

/** Cross-entropy of a spin when all are drawn alike with the lattice's own share of spins up, nats. */
function entropyGiven(m: number): number {
  const term = (p: number): number => (p > 0 ? -p * Math.log(p) : 0);
  return term((1 + m) / 2) + term((1 - m) / 2);
}

async function evaluate(parts: Parts, context: EvaluateContext<PhasesConfig>): Promise<Evaluation> {
  const [dataset] = Object.values(parts);
  const { size } = context.config.vae;
  const { test } = dataset.splits;
  const all = dataset.column('temperature').data;
  const temperatures = Float64Array.from(test, (row) => all[row]);
  const { latent, loss } = await answers(dataset, test, context);
  const m = magnetisations(dataset, test);
  const networks = memberCount(await context.models.metadata(NAME));
  const losses = temperatureMeans(temperatures, loss);
  const entropies = temperatureMeans(temperatures, m.map(entropyGiven));
  const bound = overTemperatures(entropies);
  const stride = Math.max(1, Math.floor(test.length / shown));
  const curves: VaeCurves = {
    lattices: Array.from(latent ?? [], (own, row) => ({
      temperature: temperatures[row],
      magnetisation: m[row],
      latent: own,
    })).filter((_, row) => row % stride === 0),
    losses: [
      ...losses.map((point) => ({ ...point, source: 'autoencoder' })),
      ...entropies.map((point) => ({ ...point, source: 'm alone' })),
    ],
  };
  return {
    figures: [
      ...(latent ? [likeness(latent, m, context)] : []),
      {
        id: `vae-reconstruction-loss-l${size}`,
        label: `VAE, reconstruction loss, L = ${size}`,
        ...overTemperatures(losses),
        level,
        unit: 'nats/spin',
        n: test.length,
        baselines: [{ id: 'magnetisation', label: 'm alone', ...bound }],
        note: `Mean over the test lattices of all temperatures${networks > 1 ? ` and over ${networks} networks` : ''}. The baseline draws every spin with the share of spins up that its lattice has.`,
      },
    ],
    curves: curves as unknown as Evaluation['curves'],
  };
}

export const vae: Study = {
  name: NAME,
  ownsPart: isPartOf(NAME),
  lattices,
  train,
  evaluate,
  figures: async (curves) => plots(curves as unknown as VaeCurves),
};
