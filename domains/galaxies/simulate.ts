// The galaxies that a run simulates for itself.
import type { BlockWork } from '../../core/blocks.ts';
import type { Parts, Provenance } from '../../data-adapters/dataset.ts';
import type { SkyImage } from '../../data-adapters/galaxies/sky-image.ts';
import type { PrepareContext, SimulationContext } from '../domain.ts';
import type { GalaxiesConfig } from './config.ts';
import {
  type MeasuredGalaxy,
  measuredDataset,
  measuredPart,
  trainingDataset,
  trainingPart,
} from './parts.ts';
import { type GalaxyChoice, galaxyWork, simulateGalaxies } from './simulator/simulate-galaxies.ts';

const provenance = (seed: number, notes: readonly string[]): Provenance => ({
  kind: 'simulated',
  source:
    'simulated galaxies as the Sloan Digital Sky Survey sees those at redshifts of 0.01 to 0.02, in g, r and i',
  seed,
  notes: [
    'bulges, discs with arms, bars, knots and dust, neighbours and stars, seeing and noise: domains/galaxies/README.md',
    ...notes,
  ],
});

type Context = SimulationContext<GalaxiesConfig>;

const learntFrom = (count: number, size: number, { random }: Context): GalaxyChoice => ({
  count,
  size,
  random: random.split(trainingPart),
});

const measuredOn = ({ config: { images }, random }: Context): GalaxyChoice => ({
  count: images.validation + images.test,
  size: images.size,
  random: random.split(measuredPart),
});

/** The galaxies to learn from and those to measure on. */
export const blocks = (context: Context): BlockWork[] => {
  const { training, size } = context.config.images;
  return [
    galaxyWork(trainingPart, learntFrom(training, size, context)),
    galaxyWork(measuredPart, measuredOn(context)),
  ];
};

/** Simulated galaxies to learn from: without noise, or, for the paper's networks, as the survey records them. */
export async function simulatedImages(
  count: number,
  size: number,
  context: PrepareContext<GalaxiesConfig>,
): Promise<SkyImage[]> {
  const { threads, progress, signal } = context;
  const images: SkyImage[] = [];
  const galaxies = simulateGalaxies({
    ...learntFrom(count, size, context),
    id: trainingPart,
    ...{ threads, progress, signal, blocks: context.blocks },
  });
  const recorded = context.config.network.kind === 'pix2pix';
  for await (const { original, truth } of galaxies) images.push(recorded ? original : truth);
  return images;
}

export async function simulate(context: PrepareContext<GalaxiesConfig>): Promise<Parts> {
  const { config, seed, threads, progress, signal } = context;
  const { training, validation, size } = config.images;
  const images = await simulatedImages(training, size, context);
  const measured: MeasuredGalaxy[] = [];
  const galaxies = simulateGalaxies({
    ...measuredOn(context),
    id: measuredPart,
    ...{ threads, progress, signal, blocks: context.blocks },
  });
  for await (const { original, truth, row } of galaxies) {
    const { index, kind, magnitude, halfLightRadius, axisRatio, bulgeFraction } = row;
    measured.push({
      original,
      truth,
      grey: false,
      catalogue: { index, kind, magnitude, halfLightRadius, axisRatio, bulgeFraction },
    });
  }
  return {
    [trainingPart]: trainingDataset(
      images,
      size,
      provenance(seed, [
        config.network.kind === 'pix2pix' ? 'with the noise of the survey' : 'without noise',
      ]),
    ),
    [measuredPart]: measuredDataset(
      measured,
      validation,
      size,
      provenance(seed, ['with the noise of the survey, and without']),
    ),
  };
}
