// The galaxies that a run simulates for itself.
import type { Parts, Provenance } from '../../data-adapters/dataset.ts';
import type { SkyImage } from '../../data-adapters/galaxies/sky-image.ts';
import type { PrepareContext } from '../domain.ts';
import type { GalaxiesConfig } from './config.ts';
import {
  type MeasuredGalaxy,
  measuredDataset,
  measuredPart,
  trainingDataset,
  trainingPart,
} from './parts.ts';
import { simulateGalaxies } from './simulator/simulate-galaxies.ts';

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

/** Simulated galaxies to learn from: without noise, or, for the paper's networks, as the survey records them. */
export async function simulatedImages(
  count: number,
  size: number,
  { config, random, threads, progress, signal }: PrepareContext<GalaxiesConfig>,
): Promise<SkyImage[]> {
  const images: SkyImage[] = [];
  const galaxies = simulateGalaxies({
    count,
    size,
    random: random.split('training'),
    threads,
    progress,
    signal,
  });
  const recorded = config.network.kind === 'pix2pix';
  for await (const { original, truth } of galaxies) images.push(recorded ? original : truth);
  return images;
}

export async function simulate(context: PrepareContext<GalaxiesConfig>): Promise<Parts> {
  const { config, random, seed, threads, progress, signal } = context;
  const { training, validation, test, size } = config.images;
  const images = await simulatedImages(training, size, context);
  const measured: MeasuredGalaxy[] = [];
  const galaxies = simulateGalaxies({
    count: validation + test,
    size,
    random: random.split('measured'),
    threads,
    progress,
    signal,
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
