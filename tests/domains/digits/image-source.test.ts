// Batches of distorted images: by the stream of their batch alone, whoever makes them.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import type { BatchSource, RowBatch } from '../../../core/training/batch-source.ts';
import { Dataset } from '../../../data-adapters/dataset.ts';
import { distortedSource, imageSource } from '../../../domains/digits/image-source.ts';
import { pixelsInput } from '../../../domains/digits/networks/names.ts';

const count = 5;
const pixels = new RandomStream('pixels');
const data = new Dataset(
  {
    pixels: { data: Uint8Array.from({ length: count * 784 }, () => pixels.integer(256)), shape: [28, 28] },
    label: { data: Uint8Array.from({ length: count }, (_, i) => i), shape: [] },
  },
  {
    train: Uint32Array.from({ length: count }, (_, i) => i),
    validation: new Uint32Array(),
    test: new Uint32Array(),
  },
  { kind: 'simulated', source: 'noise', notes: [] },
);

async function batches(source: BatchSource, epoch: number, skip = 0): Promise<RowBatch[]> {
  const all: RowBatch[] = [];
  for await (const batch of source.epoch({ epoch, batchSize: 2, skip })) all.push(batch);
  return all;
}

const distorted = (threads: number, shift = 1) =>
  distortedSource(data, data.splits.train, {
    shuffle: new RandomStream('order'),
    distortion: { rotation: 0.2, scale: 0, shear: 0, shift, alpha: 20 },
    threads,
  });

describe('distortedSource', () => {
  it('gives the same batches, whether threads make them or not, and goes on where a run was left', async () => {
    const alone = await batches(distorted(0), 1);
    const threaded = distorted(2);
    expect(alone.map(({ rows }) => rows)).toEqual([2, 2, 1]);
    expect(await batches(threaded, 1)).toEqual(alone);
    expect(await batches(threaded, 1, 1)).toEqual(alone.slice(1));
  });

  it('distorts anew in each pass, in the order and with the labels of images as they are', async () => {
    const rows = (all: readonly RowBatch[]) => all.flatMap(({ inputs }) => [...inputs.label]);
    const plain = imageSource(data, data.splits.train, { shuffle: new RandomStream('order') });
    const [first, second] = [await batches(distorted(0), 0), await batches(distorted(0), 1)];
    expect(rows(first)).toEqual(rows(await batches(plain, 0)));
    const imageOf = (all: readonly RowBatch[], label: number) => {
      const at = rows(all).indexOf(label);
      return all[at >> 1].inputs[pixelsInput].slice((at & 1) * 784, ((at & 1) + 1) * 784);
    };
    for (let label = 0; label < count; label++)
      expect(imageOf(first, label)).not.toEqual(imageOf(second, label));
  });
});
