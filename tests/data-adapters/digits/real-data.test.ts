// MNIST and Fashion-MNIST, where they are present (../shared/data; SOURCES.md there says whose they are and gives the counts, the
// first labels and the means that stand here, and the sha256).
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { asMnist } from '../../../data-adapters/digits/as-mnist.ts';
import { openDigits } from '../../../data-adapters/digits/open-digits.ts';

const shared = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const absent = (name: string): string =>
  existsSync(`${shared}/${name}`) ? '' : ` (skipped: ../shared/data/${name} is not here)`;

describe.skipIf(absent('mnist') !== '')(`MNIST${absent('mnist')}`, () => {
  it('is read whole', async () => {
    const { train, test, files, width, height, notes } = await openDigits(`${shared}/mnist`);
    expect([train!.count, test!.count, width, height, notes]).toEqual([60_000, 10_000, 28, 28, []]);
    expect([...train!.labels!.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test!.labels!.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    const mean = (pixels: Uint8Array): number => pixels.reduce((a, b) => a + b, 0) / pixels.length / 255;
    expect(mean(train!.pixels)).toBeCloseTo(0.13066, 5);
    expect(mean(test!.pixels)).toBeCloseTo(0.13251, 5);
    const counts = new Array(10).fill(0);
    for (const label of test!.labels!) counts[label]++;
    expect(counts).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    expect(files[0].sha256).toBe('440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609');
  });

  it.each([
    // Blocks of 10 x 10 px are the same function of the plane: greys are rounded twice, of colours three times, to 1 of 255.
    ['nearest', 1],
    // Smooth edges widen the box by up to a pixel of 20: a scale of 5 % and shifts of half a pixel, on strokes of 3 px.
    ['cubic', 12],
  ] as const)(
    'comes back from large, coloured, shifted and inverted pictures, drawn %s',
    async (kernel, most) => {
      const { test } = await openDigits(`${shared}/mnist`);
      let total = 0;
      const count = 40;
      for (let n = 0; n < count; n++) {
        const own = test!.pixels.subarray(n * 784, (n + 1) * 784);
        const large = await sharp(own, { raw: { width: 28, height: 28, channels: 1 } })
          .resize(280, 280, { kernel })
          .toColourspace('b-w')
          .raw()
          .toBuffer();
        const [ink, paper] =
          n % 2 === 0
            ? [
                [20, 10, 60],
                [250, 240, 220],
              ]
            : [
                [255, 230, 90],
                [10, 20, 30],
              ];
        const [left, top] = [n % 7, (5 * n) % 31];
        const colours = Buffer.alloc(320 * 320 * 3);
        for (let i = 0; i < 320 * 320; i++) {
          const [x, y] = [(i % 320) - left, Math.floor(i / 320) - top];
          const share = x >= 0 && y >= 0 && x < 280 && y < 280 ? large[y * 280 + x] / 255 : 0;
          for (let c = 0; c < 3; c++) colours[3 * i + c] = paper[c] + share * (ink[c] - paper[c]);
        }
        const png = await sharp(colours, { raw: { width: 320, height: 320, channels: 3 } })
          .png()
          .toBuffer();
        const back = await asMnist(png);
        total += back.reduce((sum, value, i) => sum + Math.abs(value - own[i]) / 784, 0);
      }
      expect(total / count).toBeLessThan(most);
    },
  );
});

describe.skipIf(absent('fashion-mnist') !== '')(`Fashion-MNIST${absent('fashion-mnist')}`, () => {
  it('is read with the names of its classes', async () => {
    const { test, classes } = await openDigits(`${shared}/fashion-mnist/t10k-images-idx3-ubyte.gz`);
    expect(test!.count).toBe(10_000);
    // The first test images are an ankle boot, a pullover and two trousers (the table of its README, labels 9 2 1 1).
    expect([...test!.labels!.subarray(0, 4)].map((label) => classes[label])).toEqual([
      'ankle boot',
      'pullover',
      'trouser',
      'trouser',
    ]);
  });
});
