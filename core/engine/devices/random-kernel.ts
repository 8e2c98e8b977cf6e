// The engine's own random op on a backend of tfjs: drawn in JavaScript, the same bits as in a compiled graph.
import { registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { drawUniform, type RandomAttributes, randomClock, randomKernel } from '../random-op.ts';
import { sizeOf } from '../tensor-data.ts';

interface WritableBackend {
  write(values: Float32Array, shape: readonly number[], dtype: 'float32'): object;
}

/** Registers the random op for the backend of that name. */
export function registerRandomKernel(backendName: string): void {
  registerKernel({
    kernelName: randomKernel,
    backendName,
    kernelFunc: ({ backend, attrs }): TensorInfo => {
      const { shape, key } = attrs as unknown as RandomAttributes;
      const values = drawUniform(sizeOf(shape), key, randomClock.step);
      return {
        dataId: (backend as WritableBackend).write(values, shape, 'float32'),
        shape,
        dtype: 'float32',
      };
    },
  });
}
