// Graphs rewritten for the WebGPU provider, run on the processor: the same bits as before.
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendName, recorder } from '../../../core/engine/backend.ts';
import { evaluate } from '../../../core/engine/graph/evaluate.ts';
import { orderedNodes } from '../../../core/engine/graph/model.ts';
import type { Value } from '../../../core/engine/graph/value.ts';
import { withinWebGpuLimits } from '../../../core/engine/graph/webgpu-limits.ts';
import '../../../core/engine/tfjs.ts';
import { RandomStream } from '../../../core/random.ts';
import { draw, integer } from './kernel-cases.ts';

beforeAll(async () => {
  await tf.setBackend(backendName);
});
afterAll(async () => {
  await tf.setBackend('cpu');
});

const operators = (values: readonly Value[]): string[] => orderedNodes(values).map(({ op }) => op);

/** The graph behind a tensor as recorded and as rewritten: operators and numbers of both. */
function both(tensor: tf.Tensor) {
  const recorded = recorder.lookup(tensor);
  const { y: rewritten } = withinWebGpuLimits({ y: recorded });
  const before = operators([recorded]);
  const after = operators([rewritten]);
  evaluate([rewritten, recorded]);
  return { recorded, rewritten, before, after };
}

interface PoolCase {
  readonly size: number[];
  readonly strides: number[];
  readonly pad: 'same' | 'valid' | number;
}

const pools: PoolCase[] = [
  { size: [2, 2], strides: [2, 2], pad: 'valid' },
  { size: [2, 2], strides: [2, 2], pad: 'same' },
  { size: [3, 3], strides: [2, 2], pad: 'same' },
  { size: [3, 3], strides: [1, 1], pad: 'same' },
  { size: [3, 2], strides: [1, 2], pad: 'valid' },
  { size: [2, 3], strides: [3, 4], pad: 'valid' },
  { size: [4, 4], strides: [3, 3], pad: 1 },
  { size: [2, 2, 2], strides: [2, 2, 2], pad: 'valid' },
  { size: [3, 2, 3], strides: [1, 2, 2], pad: 'same' },
];

describe('the gradient of max pooling without positions', () => {
  it.each(pools.map((p) => [`${p.size} stride ${p.strides} pad ${p.pad}`, p] as const))(
    'has the bits of a scatter to the positions: %s',
    (name, { size, strides, pad }) => {
      const random = new RandomStream(3, name);
      for (let round = 0; round < 8; round++) {
        const spatial = size.map((n) => n + 1 + random.integer(5));
        // Whole numbers from -3 to 3, so that most windows have ties.
        const x = draw(random, [2, ...spatial, 3], integer);
        const pool = (t: tf.Tensor): tf.Tensor =>
          size.length === 2
            ? tf.maxPool(t as tf.Tensor4D, size as [number, number], strides as [number, number], pad)
            : tf.maxPool3d(
                t as tf.Tensor5D,
                size as [number, number, number],
                strides as [number, number, number],
                pad as 'same',
              );
        const dy = draw(random, pool(x).shape);
        const { recorded, rewritten, before, after } = both(tf.grad(pool)(x, dy));
        expect(before).toContain('ScatterElements');
        expect(after).not.toContain('ScatterElements');
        expect(rewritten.shape).toEqual(recorded.shape);
        expect(rewritten.constant).toEqual(recorded.constant);
      }
    },
  );
});

describe('wide nodes', () => {
  const random = new RandomStream(4, 'wide');

  it('a Split into many parts becomes Slices', () => {
    const x = draw(random, [3, 20]);
    const parts = tf.split(x, 20, 1);
    const { recorded, rewritten, before, after } = both(tf.add(parts[3], parts[17]));
    expect(before).toContain('Split');
    expect(after).toEqual(['Slice', 'Slice', 'Add']);
    expect(rewritten.constant).toEqual(recorded.constant);
  });

  it('a Concat of many parts becomes a tree', () => {
    const parts = Array.from({ length: 60 }, (_, i) => draw(random, [2, 1 + (i % 3)]));
    const { recorded, rewritten, before, after } = both(tf.concat(parts, 1));
    expect(before).toEqual(['Concat']);
    expect(after.filter((op) => op === 'Concat')).toHaveLength(9 + 2 + 1);
    expect(rewritten.constant).toEqual(recorded.constant);
  });

  it('narrow ones stay as they are', () => {
    const x = draw(random, [3, 4]);
    const value = recorder.lookup(tf.concat(tf.split(x, 2, 1), 0));
    expect(withinWebGpuLimits({ y: value }).y).toBe(value);
  });
});

describe('channels that WebGPU adds up wrongly', () => {
  it('are filled up with zeros to a multiple of four', () => {
    const random = new RandomStream(6, 'channels');
    const convolve = (channels: number, filters: number) => {
      const x = draw(random, [2, 5, 5, channels]) as tf.Tensor4D;
      const filter = draw(random, [3, 3, channels, filters]) as tf.Tensor4D;
      return both(tf.conv2d(x, filter, 1, 'same'));
    };
    const { recorded, rewritten, after } = convolve(6, 8);
    expect(after.filter((op) => op === 'Pad')).toHaveLength(2);
    // Sums of 54 products in float32, in another order.
    (rewritten.constant as Float32Array).forEach((value, i) => {
      expect(value).toBeCloseTo(recorded.constant![i] as number, 4);
    });
    for (const [channels, filters] of [
      [3, 8],
      [6, 7],
      [8, 8],
      [12, 8],
    ])
      expect(convolve(channels, filters).after).not.toContain('Pad');
  });
});

describe('a slice that goes back in larger steps', () => {
  it.each([
    [
      [4, 0, 1],
      [0, 5, 4],
      [-2, 2, 3],
    ],
    [
      [5, 4, 2],
      [0, 0, 0],
      [-3, -2, -1],
    ],
    [
      [3, 3, 0],
      [-7, -6, 4],
      [-2, -3, 1],
    ],
  ])('from %s to %s by %s goes forwards and is turned round', (begin, end, steps) => {
    const x = draw(new RandomStream(7, 'slice'), [6, 5, 4]);
    const { recorded, rewritten, before, after } = both(tf.stridedSlice(x, begin, end, steps));
    expect(before).toEqual(['Slice']);
    expect(after).toEqual(['Slice', 'Slice']);
    expect(rewritten.constant).toEqual(recorded.constant);
  });
});

describe('what WebGPU cannot run', () => {
  it('is refused with the kernel that asked', () => {
    const filter = draw(new RandomStream(5, 'volume'), [2, 2, 2, 1, 1]) as tf.Tensor5D;
    const x = tf.ones([1, 4, 4, 4, 1]) as tf.Tensor5D;
    const gradient = tf.grad((t: tf.Tensor) => tf.conv3d(t as tf.Tensor5D, filter, 1, 'same'))(x);
    expect(() => withinWebGpuLimits({ y: recorder.lookup(gradient) })).toThrow(
      /Conv3DBackpropInputV2: .*no transposed convolution over volumes.*--device cpu/,
    );
  });
});
