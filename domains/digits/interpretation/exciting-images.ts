// Activation maximisation (Erhan, Bengio, Courville and Vincent 2009): the image that excites a unit most, found by climbing from grey
// noise along the gradient with respect to the pixels, kept smooth and within what pixels can be.
import {
  add,
  avgPool,
  clipByValue,
  div,
  grad,
  maximum,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor4d,
  tidy,
  variable,
} from '@tensorflow/tfjs-core';
import type { Engine } from '../../../core/engine/program.ts';
import '../../../core/engine/tfjs.ts';
import type { RandomStream } from '../../../core/random.ts';

export interface ExcitingOptions {
  readonly engine: Engine;
  /** What is climbed: of images [units, h, w, 1] the activation of unit i on image i, [units]. */
  readonly activation: (images: Tensor) => Tensor;
  readonly units: number;
  readonly size: number;
  /** Range of the pixels. */
  readonly low: number;
  readonly high: number;
  readonly random: RandomStream;
  /** Default 40. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
}

/** Images [units][size x size]. */
export async function excitingImages(options: ExcitingOptions): Promise<Float32Array> {
  const { engine, activation, units, size, low, high, random, steps = 40, signal } = options;
  const noise = Float32Array.from(
    { length: units * size * size },
    () => low + (high - low) * (0.2 + 0.1 * random.uniform()),
  );
  const images = tidy(() => variable(tensor4d(noise, [units, size, size, 1]), false));
  const slope = grad((x: Tensor) => sum(activation(x)));
  const program = await engine.compile(
    ({ stride }) => {
      const g = slope(images);
      const length = maximum(sqrt(sum(square(g), [1, 2, 3], true)), 1e-12);
      const climbed = add(images, mul(div(g, length), stride));
      // A little of the mean of neighbours: gradients alone find noise.
      const smooth = avgPool(climbed as never, 3, 1, 'same') as Tensor;
      const decayed = sub(add(mul(0.8, climbed), mul(0.2, smooth)), mul(0.02, sub(climbed, low)));
      images.assign(clipByValue(decayed, low, high) as never);
      return { slope: sum(length) };
    },
    { stride: { shape: [] } },
    { name: 'activation maximisation' },
  );
  try {
    for (let step = 0; step < steps; step++) {
      signal?.throwIfAborted();
      await program.run({ stride: 1.5 * (high - low) });
    }
    await engine.pull();
    return (images.dataSync() as Float32Array).slice();
  } finally {
    await program.dispose();
    images.dispose();
  }
}
