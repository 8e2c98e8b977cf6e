import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { gallery } from '../../../domains/galaxies/gallery.ts';
import { stretch } from '../../../domains/galaxies/stretch.ts';

describe('gallery', () => {
  it('shows stretched colours, and differences about grey', async () => {
    const flat = (value: number): SkyImage =>
      skyImage(
        { width: 64, height: 64 },
        Float32Array.from({ length: 3 * 4096 }, (_, i) => value * (Math.floor(i / 4096) + 1)),
      );
    const png = await gallery([
      [{ image: flat(0.1) }, { image: flat(0.1), less: flat(0.1) }, { image: flat(0.2), less: flat(0.1) }],
    ]);
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => [
      ...data.subarray((y * info.width + x) * info.channels, (y * info.width + x) * info.channels + 3),
    ];
    const byte = (value: number) => Math.round(255 * value);
    expect(at(1, 1)).toEqual([255, 255, 255]);
    // i, r and g are red, green and blue.
    expect(at(100, 100)).toEqual([0.3, 0.2, 0.1].map((flux) => byte(stretch(flux))));
    expect(at(300, 100)).toEqual([128, 128, 128]);
    // In r 0.4 and 0.2.
    const grey = byte(0.5 + (stretch(0.4) - stretch(0.2)) / 0.3);
    expect(at(500, 100)).toEqual([grey, grey, grey]);
  });

  it('refuses to show nothing', async () => {
    await expect(gallery([])).rejects.toThrow('expected a galaxy at least');
    await expect(gallery([[]])).rejects.toThrow('expected a galaxy at least');
  });
});
