// The engine's own random numbers. tfjs draws its random tensors in JavaScript, so that a traced dropout mask would be
// the same for ever; this op draws them in the graph instead. It is counter-based: element i of call c at step s is a
// hash of (seed, c, s, i), so that every device gives the same bits and a resumed run goes on where it stopped.
import { add, cos, engine, log, mul, neg, sqrt, type Tensor } from '@tensorflow/tfjs-core';
import { mix32 } from '../random.ts';

/** Name under which the op's kernels are registered with tfjs. */
export const randomKernel = 'DeepfieldRandomUniform';

export interface RandomAttributes {
  readonly shape: number[];
  /** Hash of the seed and of which call within the step this is. */
  readonly key: number;
}

/** Where in the run a step stands. Set by whoever runs or traces a step; `calls` tells draws within a step apart. */
export const randomClock = { step: 0, calls: 0 };

const STEP = 0x9e3779b9;
const ELEMENT = 0x85ebca77;

/** The hash of one element: two rounds of MurmurHash3's mixer over counter, step and key; 32 random bits. */
export function randomBits(key: number, step: number, element: number): number {
  const stream = mix32(key ^ Math.imul(step, STEP));
  return mix32(mix32(Math.imul(element, ELEMENT) ^ stream) ^ key);
}

/** What every device must draw: uniform numbers in [0, 1) with 24 bits, row-major. */
export function drawUniform(size: number, key: number, step: number): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = (randomBits(key, step, i) >>> 8) * 2 ** -24;
  return values;
}

/**
 * Uniform numbers in [0, 1), new at every step of a program and reproducible from the seed.
 *
 * @param shape of the result
 * @param seed of this use of randomness, for example of one dropout layer
 * @returns float32 tensor with 24 random bits a number
 */
export function randomUniform(shape: readonly number[], seed: number): Tensor {
  const key = mix32(mix32(seed >>> 0) ^ mix32(0x5bd1e995 + randomClock.calls++));
  const attributes: RandomAttributes = { shape: [...shape], key };
  return engine().runKernel(randomKernel, {}, attributes as never) as Tensor;
}

/**
 * Standard normal numbers by Box and Muller's transform, sqrt(-2 ln u) cos(2 pi v).
 *
 * @param shape of the result
 * @param seed of this use of randomness
 */
export function randomNormal(shape: readonly number[], seed: number): Tensor {
  const u = randomUniform(shape, seed);
  const v = randomUniform(shape, seed);
  // 1 - u lies in (0, 1], where the logarithm is finite.
  const radius = sqrt(mul(log(add(neg(u), 1)), -2));
  return mul(radius, cos(mul(v, 2 * Math.PI)));
}
