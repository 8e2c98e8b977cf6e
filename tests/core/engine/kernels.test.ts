// Every kernel, held against tfjs's own CPU backend on random shapes: forward and gradient.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { backendName } from '../../../core/engine/backend.ts';
import { lowerings } from '../../../core/engine/kernels/index.ts';
import { randomKernel } from '../../../core/engine/random-op.ts';
import '../../../core/engine/tfjs.ts';
import { RandomStream } from '../../../core/random.ts';
import { allCases } from './all-cases.ts';
import { draw, type KernelCase } from './kernel-cases.ts';

interface Numbers {
  readonly shape: number[];
  readonly dtype: string;
  readonly values: number[];
}

const ran = new Set<string>();
for (const config of tf.getKernelsForBackend(backendName)) {
  tf.unregisterKernel(config.kernelName, backendName);
  tf.registerKernel({
    ...config,
    kernelFunc: (parameters) => {
      ran.add(config.kernelName);
      return config.kernelFunc(parameters);
    },
  });
}

const read = async (t: tf.Tensor): Promise<Numbers> => ({
  shape: t.shape,
  dtype: t.dtype,
  values: Array.from(await t.data()),
});

/** The case's result and, if it has one, its gradients under a random upstream gradient. */
async function compute(testCase: KernelCase, backend: string, seed: number): Promise<Numbers[]> {
  await tf.setBackend('cpu');
  const random = new RandomStream(seed, testCase.name);
  const inputs = testCase.inputs(random);
  const shape = testCase.run(...inputs).shape;
  const upstream = draw(random, shape);
  await tf.setBackend(backend);
  const result = testCase.run(...inputs);
  const outputs = [await read(result)];
  if (testCase.gradient !== false) {
    for (const gradient of tf.grads((...xs: tf.Tensor[]) => testCase.run(...xs))(inputs, upstream)) {
      outputs.push(await read(gradient));
    }
  }
  await tf.setBackend('cpu');
  return outputs;
}

function expectClose(actual: Numbers, expected: Numbers, tolerance: number): void {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.dtype).toBe(expected.dtype);
  expected.values.forEach((value, i) => {
    const got = actual.values[i];
    if (Number.isNaN(value) || !Number.isFinite(value)) expect(got).toBe(value);
    else
      expect(
        Math.abs(got - value) / Math.max(1, Math.abs(value)),
        `element ${i}: ${got}, expected ${value}`,
      ).toBeLessThan(tolerance);
  });
}

describe('kernels agree with tfjs on its CPU backend', () => {
  it.each(allCases.map((c) => [c.name, c] as const))('%s', async (_name, testCase) => {
    for (let seed = 0; seed < 4; seed++) {
      const expected = await compute(testCase, 'cpu', seed);
      const actual = await compute(testCase, backendName, seed);
      expect(actual.length).toBe(expected.length);
      actual.forEach((numbers, i) => {
        expectClose(numbers, expected[i], testCase.tolerance ?? 2e-5);
      });
    }
  });

  afterAll(() => {
    const untried = [...lowerings.keys()].filter((name) => !ran.has(name) && name !== randomKernel);
    expect(untried, 'kernels without a case').toEqual([]);
  });
});
