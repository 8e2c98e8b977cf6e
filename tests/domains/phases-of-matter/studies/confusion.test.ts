// Learning by confusion on curves and answers whose peak is known, and the exact W of a lattice that can be enumerated.
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import {
  confusionCurve,
  trialTemperatures,
} from '../../../../domains/phases-of-matter/exact/confusion-curve.ts';
import {
  confusionCurveOf,
  rightShares,
} from '../../../../domains/phases-of-matter/studies/confusion/curve.ts';
import { belowLabels } from '../../../../domains/phases-of-matter/studies/confusion/network.ts';
import { middlePeak } from '../../../../domains/phases-of-matter/studies/confusion/peak.ts';
import { evenTemperatures } from '../../../../domains/phases-of-matter/studies/own-lattices.ts';
import { densityOfStates } from '../enumeration.ts';

describe('the exact W', () => {
  it('is that of the 4 x 4 lattice, by counting', () => {
    const grid = [1.5, 2.2, 2.5, 3.2];
    const counts = densityOfStates(4);
    const joint = grid.map((temperature) => {
      const weights = counts.map((n, j) => n * Math.exp((-4 * j) / temperature));
      const z = weights.reduce((a, b) => a + b);
      return weights.map((w) => w / z);
    });
    const curve = confusionCurve(4, grid);
    expect(curve).toHaveLength(5);
    curve.forEach(({ accuracy }, k) => {
      let best = 0;
      for (let j = 0; j <= 16; j++) {
        const below = joint.slice(0, k).reduce((sum, p) => sum + p[j], 0);
        const above = joint.slice(k).reduce((sum, p) => sum + p[j], 0);
        best += Math.max(below, above) / grid.length;
      }
      expect(accuracy).toBeCloseTo(best, 12);
    });
    expect(curve[0].accuracy).toBeCloseTo(1, 12);
    expect(curve[4].accuracy).toBeCloseTo(1, 12);
  });

  it('has a middle peak near the transition for L = 20', () => {
    const curve = confusionCurve(20, evenTemperatures(1.5, 3.5, 41));
    // The heat capacity of L = 20 is largest at T = 2.30; the parabola leans to the gentler, colder side.
    expect(Math.abs(middlePeak(curve.slice(1, -1), 0.2)! - 2.28)).toBeLessThan(0.03);
  });

  it('tries temperatures half-way between those of the grid and beyond its ends', () => {
    expect(trialTemperatures([1, 2, 4])).toEqual([0.5, 1.5, 3, 5]);
  });
});

describe('middle peak', () => {
  const trials = evenTemperatures(1.5, 3.5, 40);
  it('is the vertex of a parabola, wherever the points lie', () => {
    for (const at of [2.2, 2.269, 2.41]) {
      const curve = trials.map((trial) => ({
        trial,
        accuracy: Math.abs(trial - 2.4) < 0.75 ? 0.95 - 0.3 * (trial - at) ** 2 : 1,
      }));
      expect(middlePeak(curve, 0.2)).toBeCloseTo(at, 10);
    }
  });

  it('is not there in a V', () => {
    const curve = trials.map((trial) => ({ trial, accuracy: 0.8 + 0.2 * Math.abs(trial - 2.5) }));
    expect(middlePeak(curve, 0.2)).toBeUndefined();
  });
});

/** Answers of a network that reads a number from each lattice: its temperature with noise that is least at `at`. */
function answers(grid: readonly number[], rows: number, seed: number, at: number): Float32Array {
  const random = new RandomStream(seed, 'answers');
  const trials = grid.length - 1;
  const below = new Float32Array(grid.length * rows * trials);
  grid.forEach((temperature, t) => {
    for (let row = 0; row < rows; row++) {
      const seen = temperature + (0.1 + 0.5 * (temperature - at) ** 2) * random.normal();
      for (let k = 0; k < trials; k++)
        below[(t * rows + row) * trials + k] = seen < (grid[k] + grid[k + 1]) / 2 ? 1 : 0;
    }
  });
  return below;
}

describe('confusion', () => {
  const grid = evenTemperatures(1.5, 3.5, 41);
  const labels = grid.map((temperature) => belowLabels(temperature, grid));
  const trials = trialTemperatures(grid).slice(1, -1);

  it('labels a lattice with 1 for the trials above its temperature', () => {
    expect([...belowLabels(2, [1, 2, 3, 4])]).toEqual([0, 1, 1]);
    expect([...belowLabels(4, [1, 2, 3, 4])]).toEqual([0, 0, 0]);
  });

  it('counts right answers by block', () => {
    // Two temperatures, one trial between them, four lattices each: the second block of the colder has one wrong.
    const shares = rightShares([1, 1, 1, 0, 0, 0, 0, 0], [Float32Array.of(1), Float32Array.of(0)], 2);
    expect(shares.map((blocks) => blocks.map((block) => block[0]))).toEqual([
      [1, 0.5],
      [1, 1],
    ]);
  });

  it('finds where lattices change most, with an interval that holds it', () => {
    const curve = (shares: ReturnType<typeof rightShares>) =>
      confusionCurveOf([shares], trials, 0.2, new RandomStream(0), 100);
    // The expected curve is not quite symmetric: its peak is that of very many lattices, 2.3 but for a little.
    const truth = curve(rightShares(answers(grid, 4000, 99, 2.3), labels, 25)).peak!.value;
    expect(Math.abs(truth - 2.3)).toBeLessThan(0.05);
    let held = 0;
    for (let seed = 0; seed < 20; seed++) {
      const networks = [0, 1, 2].map((member) =>
        rightShares(answers(grid, 100, 10 * seed + member, 2.3), labels, 25),
      );
      const { peak, points } = confusionCurveOf(networks, trials, 0.2, new RandomStream(seed), 100);
      expect(points).toHaveLength(40);
      if (peak && peak.low <= truth && truth <= peak.high) held++;
    }
    // 95 % nominal: fewer than 16 of 20 would happen by chance once in 400.
    expect(held).toBeGreaterThanOrEqual(16);
  });
});
