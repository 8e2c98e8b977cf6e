import { describe, expect, it } from 'vitest';
import { silent } from '../../../../core/progress.ts';
import { RandomStream } from '../../../../core/random.ts';
import { cropCentre, plane } from '../../../../data-adapters/galaxies/sky-image.ts';
import {
  electronsPerNanomaggy,
  exposurePsfs,
  margin,
  record,
  throughSeeing,
} from '../../../../domains/galaxies/simulator/camera.ts';
import { emptyPainting } from '../../../../domains/galaxies/simulator/canvas-bands.ts';
import { poissonCount, powerLaw } from '../../../../domains/galaxies/simulator/draws.ts';
import { galaxyStream } from '../../../../domains/galaxies/simulator/galaxy-block.ts';
import { drawSeen } from '../../../../domains/galaxies/simulator/population.ts';
import {
  galaxySeed,
  type SimulatedGalaxy,
  type SimulateGalaxiesOptions,
  simulateGalaxies,
} from '../../../../domains/galaxies/simulator/simulate-galaxies.ts';
import { rowPsfs, simulateGalaxy } from '../../../../domains/galaxies/simulator/simulate-galaxy.ts';

const random = new RandomStream('simulate');

async function collect(options: Partial<SimulateGalaxiesOptions>): Promise<SimulatedGalaxy[]> {
  const signal = new AbortController().signal;
  const galaxies: SimulatedGalaxy[] = [];
  const all = { count: 3, size: 32, random, threads: 0, progress: silent, signal, ...options };
  for await (const galaxy of simulateGalaxies(all)) galaxies.push(galaxy);
  return galaxies;
}

describe('simulateGalaxies', () => {
  it('gives the same galaxies in threads, from another number on, and one by one', async () => {
    const here = await collect({ count: 10 });
    expect(await collect({ count: 10, threads: 2 })).toEqual(here);
    expect(await collect({ count: 2, first: 7 })).toEqual(here.slice(7, 9));
    expect(simulateGalaxy(galaxyStream(galaxySeed(random), 4), 4, 32)).toEqual(here[4]);
    expect(here.map(({ row }) => row.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(here[1].truth.data).not.toEqual(here[0].truth.data);
  });

  it('refuses counts and sizes that mean nothing, and stops when asked', async () => {
    await expect(collect({ count: -1 })).rejects.toThrow('integer count >= 0, got -1');
    await expect(collect({ size: 15 })).rejects.toThrow(/size from 16 to 976 pixels, got 15/);
    await expect(collect({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(await collect({ count: 0 })).toEqual([]);
  });
});

describe('simulateGalaxy', () => {
  it('shows more of the same sky on a larger image', () => {
    const small = simulateGalaxy(galaxyStream('sky', 3), 3, 48);
    const large = simulateGalaxy(galaxyStream('sky', 3), 3, 100);
    const middle = cropCentre(large.truth, 48);
    const peak = Math.max(...middle.data);
    // Light from beyond 24 pixels of the small image's edges is missing there: the wings of Moffat's profile, and rounding.
    middle.data.forEach((value, i) => {
      expect(Math.abs(value - small.truth.data[i])).toBeLessThan(1e-3 * peak);
    });
    expect(small.row).toEqual(large.row);
  });

  it('has the noise of the sky and of the photons that it says', () => {
    const { truth, original, row } = simulateGalaxy(galaxyStream('noise', 0), 0, 200);
    (['G', 'R', 'I'] as const).forEach((name, band) => {
      const [clean, noisy] = [plane(truth, band), plane(original, band)];
      const sky = row[`skySigma${name}`];
      const pulls = noisy.map(
        (value, i) =>
          (value - clean[i]) / Math.sqrt(sky ** 2 + Math.max(0, clean[i]) / electronsPerNanomaggy[band]),
      );
      const deviation = Math.sqrt(pulls.reduce((total, value) => total + value * value, 0) / pulls.length);
      // 40,000 pixels: 0.35% (one sigma).
      expect(deviation).toBeGreaterThan(0.985);
      expect(deviation).toBeLessThan(1.015);
    });
    // The survey's frames: 0.02 in g to 0.04 in i (measured on a frame in r: 0.034 with its faint sources).
    expect(row.skySigmaG).toBeGreaterThan(0.012);
    expect(row.skySigmaG).toBeLessThan(row.skySigmaR);
    expect(row.skySigmaR).toBeLessThan(row.skySigmaI);
    expect(row.skySigmaI).toBeLessThan(0.06);
  });

  it('knows the PSFs of a galaxy from its row', () => {
    const { row } = simulateGalaxy(galaxyStream('psf', 0), 0, 16);
    const psfs = rowPsfs(row);
    expect(psfs).toHaveLength(3);
    // Seeing is best in i.
    const peaks = psfs.map(({ data }) => Math.max(...data));
    expect(peaks[2]).toBeGreaterThan(peaks[0]);
  });
});

describe('the camera', () => {
  const exposure = { seeing: [1.4, 1.3, 1.2], beta: 3, skySigma: [0, 0, 0] } as const;

  it('conserves flux through the seeing, and loses what is spread over the edge', () => {
    const size = 60 + 2 * margin;
    const painting = emptyPainting(size);
    const star = (30 + margin) * (size + 1);
    for (const pixels of painting.planes) pixels[star] = 100;
    const truth = throughSeeing(painting, exposurePsfs(exposure, 0.396));
    for (let band = 0; band < 3; band++) {
      const sum = truth.subarray(3600 * band, 3600 * (band + 1)).reduce((total, value) => total + value, 0);
      // All of the PSF's 49 pixels lie within the image.
      expect(sum).toBeCloseTo(100, 3);
    }
    const corner = emptyPainting(size);
    corner.planes[1][0] = 100;
    // A star farther off than the PSF reaches.
    expect(Math.max(...throughSeeing(corner, exposurePsfs(exposure, 0.396)))).toBeLessThan(1e-4);
  });

  it('counts photons: a variance of flux over electrons per nanomaggy', () => {
    const recorded = record(new Float32Array(30_000).fill(50), exposure, random.split('photons'));
    for (let band = 0; band < 3; band++) {
      const values = recorded.subarray(10_000 * band, 10_000 * (band + 1));
      const mean = values.reduce((total, value) => total + value, 0) / 10_000;
      const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / 10_000;
      // 10,000 values: 1.4% (one sigma).
      expect((variance * electronsPerNanomaggy[band]) / 50).toBeGreaterThan(0.94);
      expect((variance * electronsPerNanomaggy[band]) / 50).toBeLessThan(1.06);
    }
  });
});

describe('the population', () => {
  it('is that of 0.01 < z < 0.02 down to 17.5 mag, faint galaxies being more than bright ones', () => {
    const stream = random.split('population');
    const seen = Array.from({ length: 2000 }, () => drawSeen(stream));
    for (const { redshift, magnitude, absoluteMagnitude } of seen) {
      expect(redshift).toBeGreaterThan(0.01);
      expect(redshift).toBeLessThan(0.02);
      expect(magnitude).toBeGreaterThan(12.5);
      expect(magnitude).toBeLessThan(17.5);
      expect(absoluteMagnitude).toBeGreaterThan(-22.7);
    }
    const share = (low: number, high: number): number =>
      seen.filter(({ magnitude }) => magnitude >= low && magnitude < high).length / seen.length;
    // Schechter's function is nearly flat in magnitude below M*: each magnitude from 14.5 has a quarter or so.
    expect(share(12.5, 13.5)).toBeLessThan(0.1);
    expect(share(16, 17)).toBeGreaterThan(0.15);
    expect(share(16, 17)).toBeLessThan(0.4);
  });

  it('draws counts and powers as it should', () => {
    const stream = random.split('draws');
    const counts = Array.from({ length: 4000 }, () => poissonCount(stream, 70));
    const mean = counts.reduce((total, value) => total + value, 0) / 4000;
    const variance = counts.reduce((total, value) => total + (value - mean) ** 2, 0) / 4000;
    // Standard errors: 0.13 of the mean, 2.2% of the variance.
    expect(Math.abs(mean - 70)).toBeLessThan(0.5);
    expect(Math.abs(variance / 70 - 1)).toBeLessThan(0.1);
    // P(X > 4) = (1/2 - 1/8) / (1 - 1/8) - ... of density x^-2 on (1, 8): (1/4 - 1/8) / (7/8) = 1/7.
    const above =
      Array.from({ length: 4000 }, () => powerLaw(stream, 2, 1, 8)).filter((x) => x > 4).length / 4000;
    expect(Math.abs(above - 1 / 7)).toBeLessThan(0.025);
  });
});
