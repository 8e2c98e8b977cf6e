// A column of the committee: its size, and what normalisation over the batch does while it learns and in use.
import { type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerRandomKernel } from '../../../core/engine/devices/random-kernel.ts';
import { committeeColumn } from '../../../core/models/committee-column.ts';
import { namedWeights, trainableWeights } from '../../../core/models/named-weights.ts';
import { RandomStream } from '../../../core/random.ts';

const numbers = (weights: ReturnType<typeof namedWeights>): number =>
  Object.values(weights).reduce((sum, { size }) => sum + size, 0);

const images = (rows: number, seed: number): Tensor => {
  const random = new RandomStream(seed);
  return tensor4d(
    Float32Array.from({ length: rows * 29 * 29 }, () => random.uniform()),
    [rows, 29, 29, 1],
  );
};

const apply = (model: ReturnType<typeof committeeColumn>, x: Tensor, training: boolean): Float32Array =>
  tidy(() => (model.apply(x, { training }) as Tensor).dataSync().slice() as Float32Array);

describe('committeeColumn', () => {
  // The layers are run by tfjs's own backend here, which does not know the engine's random op.
  beforeAll(() => registerRandomKernel('cpu'));

  it('has the parameters that its comment adds up', () => {
    const model = committeeColumn({ classes: 10, random: new RandomStream(1) });
    expect(model.outputShape).toEqual([null, 10]);
    expect(numbers(trainableWeights(model))).toBe(94_034);
    // A running mean and variance of each of 24 + 48 + 48 + 64 maps and 128 units besides.
    expect(numbers(namedWeights(model))).toBe(94_034 + 2 * 312);
  });

  it('draws its first weights from the stream alone', () => {
    const of = (seed: number) =>
      apply(committeeColumn({ classes: 3, random: new RandomStream(seed) }), images(2, 9), false);
    expect(of(5)).toEqual(of(5));
    expect(of(5)).not.toEqual(of(6));
  });

  it('normalises by the batch while training and by running averages in use', () => {
    const model = committeeColumn({ classes: 10, random: new RandomStream(2) });
    const [x, other] = [images(4, 3), images(4, 4)];
    const before = apply(model, x, false);
    // In use an image's answer does not depend on those beside it.
    const alone = tidy(() => apply(model, x.slice([1], [1]), false));
    for (const [i, value] of alone.entries()) expect(value).toBeCloseTo(before[10 + i], 5);
    // In training it does, and the averages move towards what the batch had.
    const inTraining = apply(model, x, true);
    expect(inTraining).not.toEqual(before);
    for (let step = 0; step < 20; step++) apply(model, other, true);
    expect(apply(model, x, false)).not.toEqual(before);
  });

  it('leaves dense units out only where it is asked to, and only while training', () => {
    const random = () => new RandomStream(3);
    const [plain, leaving] = [0, 0.5].map((dropoutRate) =>
      committeeColumn({ classes: 10, dropoutRate, random: random() }),
    );
    const x = images(2, 5);
    expect(apply(leaving, x, false)).toEqual(apply(plain, x, false));
    expect(apply(leaving, x, true)).not.toEqual(apply(plain, x, true));
  });
});
