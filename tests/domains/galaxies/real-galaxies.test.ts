// The paper's degradation on real pictures of the survey, where they are present (../shared/data; SOURCES.md there says whose they
// are). They are JPEGs made for looking at, taken for stretched as the paper stretches.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { type SkyImage, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { gaussianSmoothing } from '../../../domains/galaxies/baselines/smoothing.ts';
import { degrade } from '../../../domains/galaxies/degrade.ts';
import { stretchedPsnr } from '../../../domains/galaxies/measures/stretched-psnr.ts';
import { unstretch } from '../../../domains/galaxies/stretch.ts';

const folder = fileURLToPath(
  new URL('../../../../shared/data/galaxies/galaxyzoo_jpg/sloan', import.meta.url),
);
const present = existsSync(folder);
const side = 424;

/** Every twentieth picture of 424 x 424 pixels. */
async function readPictures(): Promise<SkyImage[]> {
  const images: SkyImage[] = [];
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.jpg'))
    .sort();
  for (const name of names.filter((_, i) => i % 20 === 0)) {
    const { data, info } = await sharp(`${folder}/${name}`)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.width !== side || info.height !== side) continue;
    const image = skyImage({ width: side, height: side });
    const pixels = side * side;
    // Red, green and blue are i, r and g.
    for (let i = 0; i < 3 * pixels; i++)
      image.data[(2 - (i % 3)) * pixels + Math.floor(i / 3)] = unstretch(data[i] / 255);
    images.push(image);
  }
  return images;
}

describe.skipIf(!present)(
  `real galaxies${present ? '' : ' (skipped: ../shared/data/galaxies is not here)'}`,
  () => {
    let images: SkyImage[];
    beforeAll(async () => {
      images = await readPictures();
    });

    it.each([
      [1.4, 1.2, 32.9, 1, 36],
      [2.5, 10, 16.7, 5, 31.4],
    ])(
      'blurred by %f arcsec with %f sigma are as bad, and smoothed as good, as measured before',
      (fwhm, noise, degraded, sigma, smoothed) => {
        let [before, after] = [0, 0];
        images.forEach((target, i) => {
          const { image, psf, noiseSigma } = degrade(
            target,
            { fwhm, noise, noiseMode: 'shared' },
            new RandomStream('real', i),
          );
          const [smooth] = gaussianSmoothing.restore({ image, psf, noiseSigma }, [sigma]);
          before += stretchedPsnr(image, target) / images.length;
          after += stretchedPsnr(smooth, target) / images.length;
        });
        // Measured with numpy on 24 other pictures of the folder, whose means differ by 1 dB from one choice to the next.
        expect(Math.abs(before - degraded)).toBeLessThan(1.5);
        expect(Math.abs(after - smoothed)).toBeLessThan(2.5);
      },
    );
  },
);
