// Before, after and the residual as pictures.
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { showRestored } from '../../../domains/galaxies/show-restored.ts';

const flat = (flux: number, side: number, bands: readonly string[] = ['g', 'r', 'i']): SkyImage =>
  skyImage({ width: side, height: side, bands }, new Float32Array(bands.length * side * side).fill(flux));

const firstPixel = async (png: string): Promise<number> =>
  (await sharp(Buffer.from(png, 'base64')).raw().toBuffer())[0];

it('draws what was taken away brighter than grey, what was added darker', async () => {
  const [, , taken] = (await showRestored(flat(1, 4), flat(0.9, 4))).pictures;
  const [, , none] = (await showRestored(flat(1, 4), flat(1, 4))).pictures;
  const [, , added] = (await showRestored(flat(1, 4, ['grey']), flat(1.1, 4, ['grey']))).pictures;
  // 0.5 of 255 is 127.5.
  expect(await firstPixel(none.png)).toBe(128);
  expect(await firstPixel(taken.png)).toBeGreaterThan(128);
  expect(await firstPixel(added.png)).toBeLessThan(128);
});

it('reduces large images, and tells their true size', async () => {
  const { pictures, blink } = await showRestored(flat(1, 1000, ['grey']), flat(1, 1000, ['grey']));
  expect(blink).toBe(true);
  expect(pictures[0]).toMatchObject({ width: 1000, height: 1000 });
  expect((await sharp(Buffer.from(pictures[0].png, 'base64')).metadata()).width).toBe(900);
});
