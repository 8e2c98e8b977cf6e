// An image beside its reconstruction.
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { pixelsOfImage } from '../../../domains/digits/parts.ts';
import { showDigit } from '../../../domains/digits/show.ts';

const pixels = new Array<number>(pixelsOfImage).fill(255);
const said = { pixels, probabilities: [0.25, 0.75], classes: ['zero', 'one'] };
const back = {
  reconstruction: {
    dtype: 'float32' as const,
    shape: [1, pixelsOfImage],
    data: new Float32Array(pixelsOfImage).fill(0.6),
  },
};

it('draws image, reconstruction and where they differ', async () => {
  const [panel, bars] = await showDigit({ ...said, outputs: [back], error: 0.16, strangeAbove: 0.1 });
  if (panel.kind !== 'pictures') throw new Error(panel.kind);
  const first = await Promise.all(
    panel.pictures.map(async ({ png }) => (await sharp(Buffer.from(png, 'base64')).raw().toBuffer())[0]),
  );
  // 0.6 of 255, and the rest of it.
  expect(first).toEqual([255, 153, 102]);
  expect(panel.caption).toContain('Mean squared error 0.1600; above 0.1000 an image is called strange.');
  expect(bars).toMatchObject({ high: 1, bars: [{ label: 'zero', text: '0.250' }, { label: 'one' }] });
});

it('draws the image alone where the run has no autoencoder', async () => {
  const [panel] = await showDigit({ ...said, outputs: [] });
  expect(panel).toMatchObject({ title: 'The image', pictures: [{ label: 'image' }] });
});
