// The engine's own random op on tfjs's CPU backend.
import { registerKernel } from '@tensorflow/tfjs-core';
import { drawUniform, type RandomAttributes, randomClock, randomKernel } from '../random-op.ts';
import { sizeOf } from '../tensor-data.ts';

interface WritingBackend {
  write(values: Float32Array, shape: number[], dtype: 'float32'): object;
}

registerKernel({
  kernelName: randomKernel,
  backendName: 'cpu',
  kernelFunc: ({ backend, attrs }) => {
    const { shape, key } = attrs as unknown as RandomAttributes;
    const values = drawUniform(sizeOf(shape), key, randomClock.step);
    const dataId = (backend as WritingBackend).write(values, shape, 'float32');
    return { dataId, shape, dtype: 'float32' };
  },
});
