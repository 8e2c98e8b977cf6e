// Kernels that tfjs's CPU backend lacks or has wrong: the engine's own random op, and the gradients of resizing. Those of
// tfjs 4.22 swap width and height (bilinear), read the second image of a batch at the wrong place (nearest), and both
// leave halfPixelCenters out.
import { type KernelConfig, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { bilinearTaps, nearestTaps, type ResizeAttributes, type TapsOf } from '../resize-taps.ts';
import { registerRandomKernel } from './random-kernel.ts';

interface HostBackend {
  write(values: Float32Array, shape: readonly number[], dtype: 'float32'): object;
  readSync(dataId: object): Float32Array;
}

const answer = (backend: unknown, values: Float32Array, shape: number[]): TensorInfo => ({
  dataId: (backend as HostBackend).write(values, shape, 'float32'),
  shape,
  dtype: 'float32',
});

registerRandomKernel('cpu');

/** Hands each output pixel's error to the input pixels that it was mixed from. */
const resizeGradient =
  (taps: TapsOf): KernelConfig['kernelFunc'] =>
  ({ inputs, attrs, backend }) => {
    const [batch, height, width, channels] = (inputs.images as TensorInfo).shape;
    const dy = inputs.dy as TensorInfo;
    const [, newHeight, newWidth] = dy.shape;
    const errors = (backend as HostBackend).readSync(dy.dataId);
    const attributes = attrs as unknown as ResizeAttributes;
    const rows = taps(height, newHeight, attributes);
    const columns = taps(width, newWidth, attributes);
    const gradient = new Float32Array(batch * height * width * channels);
    let next = 0;
    for (let n = 0; n < batch; n++) {
      for (let r = 0; r < newHeight; r++) {
        for (let c = 0; c < newWidth; c++) {
          for (let d = 0; d < channels; d++) {
            const error = errors[next++];
            for (const [row, share] of ends(rows, r)) {
              for (const [column, part] of ends(columns, c)) {
                gradient[((n * height + row) * width + column) * channels + d] += error * share * part;
              }
            }
          }
        }
      }
    }
    return answer(backend, gradient, [batch, height, width, channels]);
  };

/** The pixels that output pixel i is mixed from, with their shares. */
const ends = ({ low, high, fraction }: ReturnType<TapsOf>, i: number): [number, number][] => [
  [low[i], 1 - fraction[i]],
  [high[i], fraction[i]],
];

for (const [kernelName, taps] of [
  ['ResizeBilinearGrad', bilinearTaps],
  ['ResizeNearestNeighborGrad', nearestTaps],
] as const) {
  unregisterKernel(kernelName, 'cpu');
  registerKernel({ kernelName, backendName: 'cpu', kernelFunc: resizeGradient(taps) });
}
