import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../../core/random.ts';
import { ColumnStatistics } from '../../../../data-adapters/stored/column-statistics.ts';
import { higgsColumns, susyColumns } from '../../../../domains/exotic-particles/features/uci-units.ts';
import {
  invariantLayer,
  invariantScalings,
} from '../../../../domains/exotic-particles/networks/invariant-layer.ts';
import { particleLayout } from '../../../../domains/exotic-particles/networks/particles.ts';

const layout = particleLayout(susyColumns)!;
const layer = invariantLayer({ columns: susyColumns.length, particles: layout });

/** SUSY columns of two leptons (pT, eta, phi in GeV and radians) and missing momentum, the derived columns left 0. */
function row(first: number[], second: number[], missing: number[]): number[] {
  const physical = [...first, ...second, ...missing];
  const stored = physical.map((value, c) => (value - susyColumns[c].offset) / susyColumns[c].scale);
  return [...stored, ...new Array(10).fill(0)];
}

const answer = (...rows: number[][]): number[][] => {
  const x = tensor2d(rows);
  return (layer.apply(x) as typeof x).arraySync();
};

const logarithm = (value: number): number => Math.log(Math.max(value, 1));

describe('particle layout', () => {
  it('finds the momenta of both problems by their names', () => {
    const higgs = particleLayout(higgsColumns)!;
    expect(higgs.visible.map(({ pt, eta, phi }) => [pt.index, eta.index, phi.index])).toEqual([
      [0, 1, 2],
      [5, 6, 7],
      [9, 10, 11],
      [13, 14, 15],
      [17, 18, 19],
    ]);
    expect([higgs.missing.pt.index, higgs.missing.phi.index]).toEqual([3, 4]);
    expect(layout.visible).toHaveLength(2);
    expect(particleLayout(higgsColumns.slice(21))).toBeUndefined();
  });
});

describe('invariant layer', () => {
  it('has the numbers of a collision worked out by hand', () => {
    // Two leptons back to back of 40 and 30 GeV, one at eta = 1; 50 GeV missing at a right angle.
    const [values] = answer(row([40, 1, 0.5], [30, 0, 0.5 + Math.PI], [50, 0.5 + Math.PI / 2]));
    const mass = Math.sqrt(2 * 40 * 30 * (Math.cosh(1) + 1));
    // Both leptons: E_T^2 = m^2 + 10^2, at a right angle to the missing momentum.
    const both = Math.sqrt(mass ** 2 + 2 * 50 * Math.hypot(mass, 10));
    const expected = [
      logarithm(40),
      logarithm(30),
      logarithm(50),
      ...[-1, 0],
      ...[0, 1],
      ...[1, 0],
      logarithm(mass),
      // Single leptons: m_T^2 = 2 pT 50 (1 - cos 90 deg).
      logarithm(Math.sqrt(2 * 40 * 50)),
      logarithm(Math.sqrt(2 * 30 * 50)),
      logarithm(both),
    ];
    expect(values).toHaveLength(4 * 2 + 1 + 1 + 3);
    // float32 of angles of order 1.
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 5);
    });
  });

  it('does not change when a collision is turned, mirrored or its beams exchanged', () => {
    const random = new RandomStream('invariants');
    for (let k = 0; k < 20; k++) {
      const uniform = (from: number, to: number): number => from + (to - from) * random.uniform();
      const [a, b, m] = [uniform(20, 200), uniform(20, 200), uniform(10, 200)];
      const [ea, eb] = [uniform(-2, 2), uniform(-2, 2)];
      const [pa, pb, pm, turn] = [1, 2, 3, 4].map(() => uniform(-3, 3));
      const rows = answer(
        row([a, ea, pa], [b, eb, pb], [m, pm]),
        row([a, ea, pa + turn], [b, eb, pb + turn], [m, pm + turn]),
        row([a, ea, -pa], [b, eb, -pb], [m, -pm]),
        row([a, -ea, pa], [b, -eb, pb], [m, pm]),
      );
      // float32 of the angles, whose differences the masses of near particles magnify.
      for (const changed of rows.slice(1))
        changed.forEach((value, i) => {
          expect(value).toBeCloseTo(rows[0][i], 3);
        });
      // Moving along the beam changes the pseudorapidities alone, the masses not at all.
      const [moved] = answer(row([a, ea + 0.3, pa], [b, eb + 0.3, pb], [m, pm]));
      moved.slice(9).forEach((value, i) => {
        expect(value).toBeCloseTo(rows[0][9 + i], 3);
      });
    }
  });

  it('is scaled to z-scores', () => {
    const random = new RandomStream('scalings');
    const features = Float32Array.from({ length: 100 * 18 }, () => 0.2 + random.uniform());
    const scalings = invariantScalings(layout, 18, features);
    const scaled = invariantLayer({ columns: 18, particles: layout, scalings });
    const x = tensor2d(features, [100, 18]);
    const summary = new ColumnStatistics(13).add((scaled.apply(x) as typeof x).dataSync()).finish();
    summary.forEach(({ mean, deviation }, c) => {
      expect(mean).toBeCloseTo(0, 4);
      expect(deviation, `number ${c}`).toBeCloseTo(1, 4);
    });
  });

  it('is finite for particles that are not there', () => {
    const [values] = answer(new Array(18).fill(0));
    for (const value of values) expect(Number.isFinite(value)).toBe(true);
  });
});
