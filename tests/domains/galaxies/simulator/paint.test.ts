import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { adaptiveMoments } from '../../../../domains/galaxies/measures/adaptive-moments.ts';
import { halfLightRadius } from '../../../../domains/galaxies/measures/photometry.ts';
import { emptyPainting, type Light } from '../../../../domains/galaxies/simulator/canvas-bands.ts';
import { drawGalaxy } from '../../../../domains/galaxies/simulator/draw-galaxy.ts';
import { paintBar } from '../../../../domains/galaxies/simulator/paint-bar.ts';
import { type Disc, paintDisc, paintDust } from '../../../../domains/galaxies/simulator/paint-disc.ts';
import { paintGalaxy } from '../../../../domains/galaxies/simulator/paint-galaxy.ts';
import { paintSpheroid } from '../../../../domains/galaxies/simulator/paint-spheroid.ts';
import { paintSpot } from '../../../../domains/galaxies/simulator/paint-spot.ts';
import { sersicWithin } from '../../../../domains/galaxies/simulator/sersic.ts';

const size = 301;
const light: Light = [1, 10, 20];
const sum = (pixels: ArrayLike<number>): number =>
  Array.from(pixels).reduce((total, value) => total + value, 0);
const everything = new Uint8Array(size * size).fill(1);
const place = { x: 150.3, y: 149.8, angle: 0.5 };

describe('paintSpheroid', () => {
  it.each([
    [1, 8, 1],
    [1, 10, 0.5],
    [2.5, 6, 0.7],
    [4, 5, 1],
    [4, 9, 0.4],
    [1, 0.8, 1],
  ])(
    'with index %f, radius %f, axis ratio %f has the flux and half-light radius of its profile',
    (index, radius, axisRatio) => {
      const painting = emptyPainting(size);
      paintSpheroid(painting, { ...place, index, radius, axisRatio, light });
      // What the profile has within the 12 radii that are painted; pixels are as coarse as 0.5% of it where it is narrow.
      expect(sum(painting.planes[1]) / 10 / sersicWithin(index, 12)).toBeCloseTo(1, 2);
      expect(sum(painting.planes[2]) / sum(painting.planes[1])).toBeCloseTo(2, 5);
      if (axisRatio === 1 && radius > 2) {
        const within = halfLightRadius(painting.planes[1], size, everything, place.x, place.y);
        // Half of the light of what is painted, a little less than that of all: 2.5% of the radius at n = 4 (from P(2n, x)).
        expect(within / radius).toBeGreaterThan(index < 2 ? 0.98 : 0.9);
        expect(within / radius).toBeLessThan(1.02);
      }
    },
  );

  it('has the axis ratio and angle that it is given', () => {
    const painting = emptyPainting(size);
    paintSpheroid(painting, { ...place, index: 1, radius: 15, axisRatio: 0.6, light });
    const shape = adaptiveMoments(painting.planes[1], size, size);
    const length = (1 - 0.36) / (1 + 0.36);
    expect(shape?.e1).toBeCloseTo(length * Math.cos(1), 2);
    expect(shape?.e2).toBeCloseTo(length * Math.sin(1), 2);
  });
});

const plain: Disc = {
  ...place,
  axisRatio: 0.8,
  scale: 12,
  oldLight: light,
  youngLight: [0, 0, 0],
  arms: { count: 0, pitch: 0.35, phase: 0, sharpness: 2, contrast: 0, imbalance: 0, wiggle: 0 },
  clumpiness: 0,
  offset: [0.3, 0.6],
  sheared: false,
  lopsided: [0, 0],
  armDust: 0,
  laneDust: 0,
  ring: [1, 0],
};

function paintedDisc(changes: Partial<Disc>) {
  const painting = emptyPainting(size);
  const dust = new Float32Array(size * size);
  paintDisc(painting, { ...plain, ...changes }, dust);
  return { painting, dust };
}

describe('paintDisc', () => {
  it('is exponential: flux and half-light radius of 1.678 scale lengths', () => {
    const { painting } = paintedDisc({ axisRatio: 1 });
    // 0.7% of the light are beyond seven scale lengths, where the disc ends.
    expect(sum(painting.planes[1]) / 10).toBeCloseTo(1 - 8 * Math.exp(-7), 2);
    expect(halfLightRadius(painting.planes[1], size, everything, place.x, place.y) / 12).toBeCloseTo(
      1.678,
      1,
    );
  });

  it('has as much light with arms, texture, a lopsided side and a ring, to a few percent', () => {
    const arms = {
      count: 2,
      pitch: 0.35,
      phase: 1,
      sharpness: 3,
      contrast: 0.6,
      imbalance: 0.3,
      wiggle: 0.3,
    };
    const { painting } = paintedDisc({ arms, lopsided: [0.3, 1], ring: [1.5, 0.1], sheared: true });
    expect(sum(painting.planes[1]) / 10).toBeGreaterThan(0.95);
    expect(sum(painting.planes[1]) / 10).toBeLessThan(1.05);
    const clumpy = paintedDisc({
      arms,
      clumpiness: 0.8,
      sheared: true,
      youngLight: light,
      oldLight: [0, 0, 0],
    });
    // A handful of bright clumps hold the light: 30%.
    expect(sum(clumpy.painting.planes[1]) / 10).toBeGreaterThan(0.7);
    expect(sum(clumpy.painting.planes[1]) / 10).toBeLessThan(1.3);
  });

  it.each([2, 3, 4])('has %i arms that wind by the pitch: a logarithmic spiral', (count) => {
    const pitch = 0.4;
    const { painting } = paintedDisc({
      axisRatio: 1,
      angle: 0,
      x: 150,
      y: 150,
      arms: { count, pitch, phase: 0.7, sharpness: 2, contrast: 1, imbalance: 0, wiggle: 0 },
    });
    /** Phase of the m-th harmonic around a circle. */
    const harmonic = (r: number, m: number): [amplitude: number, phase: number] => {
      let [re, im, all] = [0, 0, 0];
      for (let k = 0; k < 720; k++) {
        const azimuth = (2 * Math.PI * k) / 720;
        const pixel =
          Math.round(150 + r * Math.sin(azimuth)) * size + Math.round(150 + r * Math.cos(azimuth));
        const value = painting.planes[1][pixel];
        re += value * Math.cos(m * azimuth);
        im += value * Math.sin(m * azimuth);
        all += value;
      }
      return [Math.hypot(re, im) / all, Math.atan2(im, re) / m];
    };
    for (const r of [15, 24, 36]) {
      const expected = 0.7 + Math.log(r / 12 + 0.05) / Math.tan(pitch);
      const [amplitude, phase] = harmonic(r, count);
      const turn = (2 * Math.PI) / count;
      const off = ((((phase - expected) % turn) + 1.5 * turn) % turn) - turn / 2;
      // Nearest pixels: half a pixel of 15 to 36, some degrees.
      expect(Math.abs(off)).toBeLessThan(0.06);
      expect(amplitude).toBeGreaterThan(0.3);
      expect(harmonic(r, count + 1)[0]).toBeLessThan(0.1);
    }
  });

  it('dims blue light more than red by its dust, edge-on more than face-on', () => {
    const edge = paintedDisc({ axisRatio: 0.17, laneDust: 1 });
    const before = edge.painting.planes.map(sum);
    paintDust(edge.painting, edge.dust);
    const [g, r, i] = edge.painting.planes.map((pixels, band) => sum(pixels) / before[band]);
    expect(g).toBeLessThan(r);
    expect(r).toBeLessThan(i);
    expect(i).toBeLessThan(1);
    expect(sum(paintedDisc({ axisRatio: 0.9, laneDust: 1 }).dust)).toBe(0);
  });
});

describe('bars and spots', () => {
  it('have the flux that they are given', () => {
    const painting = emptyPainting(size);
    paintBar(painting, { ...place, axisRatio: 0.7, length: 20, slenderness: 0.3, azimuth: 1, light });
    // exp(-3.2^2) of the peak is left where the bar ends.
    expect(sum(painting.planes[1]) / 10).toBeCloseTo(1, 3);
    const spots = emptyPainting(41);
    paintSpot(spots, { x: 20.4, y: 19.7, sigma: 1.2, light });
    paintSpot(spots, { x: 5.1, y: 30.9, sigma: 0, light });
    expect(sum(spots.planes[2]) / 40).toBeCloseTo(1, 5);
    expect(spots.planes.map((pixels) => pixels.indexOf(Math.max(...pixels)))).toEqual([
      31 * 41 + 5,
      31 * 41 + 5,
      31 * 41 + 5,
    ]);
  });

  it('fall off the painting without harm', () => {
    const spots = emptyPainting(9);
    for (const [x, y] of [
      [-50, 4],
      [4, 50],
      [-0.4, 8.4],
    ])
      paintSpot(spots, { x, y, sigma: 1, light });
    // A quarter of the last one, in the corner.
    expect(sum(spots.planes[1]) / 10).toBeGreaterThan(0.2);
    expect(sum(spots.planes[1]) / 10).toBeLessThan(0.6);
  });
});

describe('paintGalaxy', () => {
  it('has the magnitude that was drawn, less dust and what lies outside', () => {
    const ratios = Array.from({ length: 40 }, (_, i) => {
      const random = new RandomStream('paint', i);
      const galaxy = drawGalaxy(random.split('galaxy'));
      const painting = emptyPainting(401);
      paintGalaxy(painting, galaxy, [200, 200], 0.396, random.split('knots'));
      return sum(painting.planes[1]) / 10 ** ((22.5 - galaxy.magnitude) / 2.5);
    });
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(0.6);
      expect(ratio).toBeLessThan(1.15);
    }
    const mean = sum(ratios) / ratios.length;
    // Dust takes some percent, and the wings of bulges that are not painted one or two.
    expect(mean).toBeGreaterThan(0.88);
    expect(mean).toBeLessThan(1.02);
  });
});
