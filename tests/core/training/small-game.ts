// A small game for the tests of adversarial training: from an image of squares to its negative.
import type { Engine } from '../../../core/engine/program.ts';
import { patchDiscriminator } from '../../../core/models/patch-discriminator.ts';
import { pix2pixGenerator } from '../../../core/models/pix2pix-generator.ts';
import { RandomStream } from '../../../core/random.ts';
import { type AdversarialOptions, pix2pixObjective } from '../../../core/training/adversarial.ts';
import { rowSource } from '../../../core/training/batch-source.ts';
import { adam } from '../../../core/training/optimizers/adam.ts';

export const SIZE = 8;
const ROWS = 12;

/** Images of one bright square of side 3 on a dark ground. */
function squares(): Float32Array[] {
  const random = new RandomStream(3, 'squares');
  return Array.from({ length: ROWS }, () => {
    const [top, left] = [random.integer(SIZE - 2), random.integer(SIZE - 2)];
    return Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
      const [row, column] = [Math.floor(i / SIZE) - top, (i % SIZE) - left];
      return row >= 0 && row < 3 && column >= 0 && column < 3 ? 0.8 : -0.8;
    });
  });
}

const images = squares();

const gather = (rows: Uint32Array) => {
  const condition = Float32Array.from(Array.from(rows, (row) => Array.from(images[row])).flat());
  return { condition, truth: condition.map((v) => -v) };
};

const range = (from: number, to: number) => Uint32Array.from({ length: to - from }, (_, i) => from + i);

/** Options of a run: ten training rows in batches of two, two for validation. */
export function smallGame(engine: Engine, overrides: Partial<AdversarialOptions> = {}): AdversarialOptions {
  const stream = new RandomStream(5, 'game');
  const generator = pix2pixGenerator({
    inputs: 1,
    outputs: 1,
    levels: 2,
    width: 6,
    dropoutLevels: 1,
    dropoutRate: 0.1,
    random: stream.split('generator'),
  });
  const discriminator = patchDiscriminator({
    inputs: 2,
    halvings: 1,
    width: 4,
    random: stream.split('discriminator'),
  });
  return {
    engine,
    generator,
    discriminator,
    objective: pix2pixObjective({ generator, discriminator, lambda: 10 }),
    generatorOptimizer: adam({ learningRate: 0.01, beta1: 0.5 }),
    discriminatorOptimizer: adam({ learningRate: 0.01, beta1: 0.5 }),
    inputs: { condition: { shape: [SIZE, SIZE, 1] }, truth: { shape: [SIZE, SIZE, 1] } },
    train: rowSource({ rows: range(0, 10), gather, shuffle: stream.split('order') }),
    validation: rowSource({ rows: range(10, 12), gather }),
    batchSize: 2,
    epochs: 4,
    ...overrides,
  };
}
