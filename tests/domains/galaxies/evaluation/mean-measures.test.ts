import { describe, expect, it } from 'vitest';
import { meanMeasures } from '../../../../domains/galaxies/evaluation/mean-measures.ts';
import type { GalaxyMeasures, Measured } from '../../../../domains/galaxies/evaluation/measure-galaxy.ts';
import { sky } from '../skies.ts';

const measured = (psnr: number, ellipticity: number): Measured => ({
  psnr,
  truth: Number.NaN,
  galaxy: psnr + 1,
  ssim: 0.5,
  flux: psnr / 30,
  ellipticity,
});

const draw = (psnr: number, ellipticity: number, coverage?: number): GalaxyMeasures => ({
  magnitude: 18,
  halfLightRadius: 2,
  methods: { network: measured(psnr, ellipticity), degraded: measured(10, 0.2) },
  ...(coverage === undefined ? {} : { coverage }),
});

describe('meanMeasures', () => {
  it('is the mean of every measure of every method', () => {
    const { methods, coverage } = meanMeasures([draw(30, 0.1, 0.6), draw(33, 0.3, 0.7)]);
    expect(methods.network.psnr).toBeCloseTo(31.5, 12);
    expect(methods.network.galaxy).toBeCloseTo(32.5, 12);
    expect(methods.network.flux).toBeCloseTo(1.05, 12);
    expect(methods.network.ellipticity).toBeCloseTo(0.2, 12);
    expect(methods.degraded.psnr).toBe(10);
    expect(coverage).toBeCloseTo(0.65, 12);
  });

  it('is of the draws in which something could be measured', () => {
    const { methods, coverage } = meanMeasures([draw(30, Number.NaN), draw(33, 0.3), draw(33, 0.5)]);
    expect(methods.network.ellipticity).toBeCloseTo(0.4, 12);
    expect(methods.network.truth).toBeNaN();
    expect(coverage).toBeUndefined();
  });

  it('keeps the images of the first, and a single draw as it is', () => {
    const images = { network: sky({ width: 4, height: 4, noise: 1 }) };
    const first = { ...draw(30, 0.1), images };
    expect(meanMeasures([first])).toBe(first);
    expect(meanMeasures([first, draw(33, 0.1)]).images).toBe(images);
  });
});
