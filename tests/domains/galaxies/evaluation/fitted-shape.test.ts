import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { mapPlanes, plane } from '../../../../data-adapters/galaxies/sky-image.ts';
import { blurImage } from '../../../../domains/galaxies/degrade.ts';
import { fittedShape } from '../../../../domains/galaxies/evaluation/fitted-shape.ts';
import { galaxyMask } from '../../../../domains/galaxies/measures/galaxy-mask.ts';
import { fluxRatios } from '../../../../domains/galaxies/measures/photometry.ts';
import { sky } from '../skies.ts';

const size = 48;
const galaxy = { x: 24, y: 24, height: 1, sigma: 3 };
const neighbour = { x: 8, y: 38, height: 2, sigma: 2 };
const target = sky({ width: size, height: size, noise: 0, lights: [galaxy, neighbour] });
const mask = galaxyMask(plane(target, 1), size, size, 0.01);
const seen = (lights: (typeof galaxy)[]) =>
  blurImage(sky({ width: size, height: size, noise: 0, lights }), { fwhm: 2 });
const fit = ({ blurred, psf }: ReturnType<typeof seen>) =>
  fittedShape({ image: blurred, psf, noiseSigma: [0.1, 0.1, 0.1] }, target, mask);

describe('fittedShape', () => {
  it('finds how much brighter the galaxy is than the target has it, whatever stands beside it', () => {
    const image = fit(seen([{ ...galaxy, height: 1.4 }, neighbour]));
    // The mask ends where the galaxy is .015: what is brighter beyond it is taken for a little more within.
    for (const ratio of fluxRatios(image, target, mask)) expect(ratio).toBeCloseTo(1.4, 2);
    const outside = mask.indexOf(0);
    expect(plane(image, 1)[outside]).toBe(plane(target, 1)[outside]);
  });

  it('errs by the noise alone: sigma / sqrt(sum b^2), b the galaxy blurred', () => {
    const { blurred, psf } = seen([galaxy, neighbour]);
    const own = seen([galaxy]).blurred;
    const sigma = 0.3;
    const expected = sigma / Math.sqrt(plane(own, 1).reduce((sum, value) => sum + value * value, 0));
    const random = new RandomStream('noise');
    const errors = Array.from({ length: 100 }, () => {
      const noisy = mapPlanes(blurred, (pixels) => pixels.map((value) => value + sigma * random.normal()));
      return fluxRatios(fit({ blurred: noisy, psf }), target, mask)[1] - 1;
    });
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    // The standard deviation of 100 is known to 7 %: three of them, and 3 % for what the mask leaves out.
    expect(deviation / expected).toBeGreaterThan(0.76);
    expect(deviation / expected).toBeLessThan(1.24);
  });

  it('leaves the target as it is where the mask is empty', () => {
    const { blurred, psf } = seen([galaxy]);
    const empty = new Uint8Array(size * size);
    expect(fittedShape({ image: blurred, psf, noiseSigma: [1, 1, 1] }, target, empty)).toEqual(target);
  });
});
