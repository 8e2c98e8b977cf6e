// The digits that a run draws for itself, so that it needs no download.
import type { Parts } from '../../data-adapters/dataset.ts';
import type { PrepareContext } from '../domain.ts';
import type { DigitsConfig } from './config.ts';
import { trainingParts } from './parts.ts';
import { renderDigits } from './renderer/render-digits.ts';

export async function simulate(context: PrepareContext<DigitsConfig>): Promise<Parts> {
  const { config, random, seed, progress, signal } = context;
  const draw = (split: 'train' | 'test') =>
    renderDigits({ count: config.rendering[split], random: random.split(split), progress, signal });
  const [train, test] = [await draw('train'), await draw('test')];
  const provenance = {
    kind: 'simulated',
    source: 'digits drawn as strokes, moved, turned and bent at random',
    seed,
    notes: [
      'drawn by domains/digits/renderer: easier than handwriting, and no results of MNIST hold for them',
    ],
  } as const;
  return trainingParts({ train, test, provenance }, config.validation, random.split('validation'));
}
