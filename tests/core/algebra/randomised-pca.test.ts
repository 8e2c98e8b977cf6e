// Principal components against scikit-learn 1.x, PCA(3, svd_solver='full'), on a matrix that both can write down.
import { describe, expect, it } from 'vitest';
import { randomisedPca } from '../../../core/algebra/randomised-pca.ts';
import { openEngine } from '../../../core/engine/devices.ts';
import { RandomStream } from '../../../core/random.ts';

const [rows, width] = [60, 12];
const value = (i: number, j: number): number =>
  3 * Math.sin(0.37 * i) * Math.cos(0.9 * j) +
  2 * Math.cos(0.21 * i + 0.5) * Math.sin(1.7 * j) +
  Math.sin(1.3 * i) * Math.cos(2.3 * j + 1) +
  0.3 * Math.sin(2.9 * i * j + 0.1 * i);

const pca = async (count: number) => {
  const engine = await openEngine('cpu', { threads: 1 });
  try {
    return await randomisedPca({
      engine,
      rows,
      width,
      count,
      random: new RandomStream(3),
      read: (start, n, into) => {
        for (let i = 0; i < n * width; i++) into[i] = value(start + Math.floor(i / width), i % width);
      },
    });
  } finally {
    await engine.dispose();
  }
};

// Products in single precision: 1e-5 of the largest number.
const digits = 4;

describe('randomisedPca', () => {
  it("finds scikit-learn's variances, shares, components and reconstruction error", async () => {
    const { components, variances, totalVariance, mean } = await pca(3);
    for (const [k, expected] of [33.74357554405395, 8.840827495967742, 2.9346995500511706].entries())
      expect(variances[k]).toBeCloseTo(expected, digits);
    expect(variances.reduce((a, b) => a + b) / totalVariance).toBeCloseTo(0.9918945109598888, digits + 1);
    const sign = Math.sign(components[0][0]) === -1 ? 1 : -1;
    const first = [
      -0.34773998136767936, -0.34003045428181194, 0.1435771084505131, 0.4280424021059554, 0.25265957953519236,
      -0.018839699749315975,
    ];
    first.forEach((expected, i) => {
      expect(sign * components[0][i]).toBeCloseTo(expected, digits);
    });
    let error = 0;
    for (let i = 0; i < rows; i++) {
      const x = Array.from({ length: width }, (_, j) => value(i, j) - mean[j]);
      const kept = components.map((v) => x.reduce((sum, xj, j) => sum + xj * v[j], 0) ** 2);
      const all = x.reduce((sum, xj) => sum + xj * xj, 0);
      error += (all - kept.reduce((a, b) => a + b, 0)) / (rows * width);
    }
    expect(error).toBeCloseTo(0.030480840790981952, digits);
  });

  it('explains everything with as many components as there are numbers in a row', async () => {
    const { variances, totalVariance } = await pca(width);
    expect(variances.reduce((a, b) => a + b)).toBeCloseTo(totalVariance, digits);
  });

  it.each([0, 13])('refuses %i components of rows of 12', async (count) => {
    await expect(pca(count)).rejects.toThrow('expected a count from 1 to 12');
  });
});
