import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { stransverseMass } from '../../../domains/exotic-particles/features/stransverse-mass.ts';
import { SusyEvent } from '../../../domains/exotic-particles/features/susy-event.ts';
import { makeSusyFeatures } from '../../../domains/exotic-particles/features/susy-features.ts';
import {
  lowLevelCount,
  susyColumns,
  toPhysical,
  toUci,
} from '../../../domains/exotic-particles/features/uci-units.ts';
import { pathOf, physicalRows, present, share, susyRows } from './real-rows.ts';

/** The definition itself: the smallest larger transverse mass over a grid of splittings that closes in on the best one. */
function stransverseMassByGrid(
  p1: number,
  phi1: number,
  p2: number,
  phi2: number,
  m: number,
  phi: number,
): number {
  const mx = m * Math.cos(phi);
  const my = m * Math.sin(phi);
  const square = (p: number, angle: number, qx: number, qy: number) =>
    2 * p * (Math.hypot(qx, qy) - qx * Math.cos(angle) - qy * Math.sin(angle));
  let [bestX, bestY, best] = [mx / 2, my / 2, Number.POSITIVE_INFINITY];
  for (let span = 4 * m; span > 1e-7 * m; span *= 0.8) {
    const [x0, y0] = [bestX, bestY];
    for (let i = -5; i <= 5; i++) {
      for (let j = -5; j <= 5; j++) {
        const qx = x0 + (span * i) / 5;
        const qy = y0 + (span * j) / 5;
        const value = Math.max(square(p1, phi1, qx, qy), square(p2, phi2, mx - qx, my - qy));
        if (value < best) [bestX, bestY, best] = [qx, qy, value];
      }
    }
  }
  return Math.sqrt(Math.max(0, best));
}

describe('stransverse mass', () => {
  it('is below every splitting of the missing energy that a search finds, and mostly found by it', () => {
    const differences: number[] = [];
    const random = new RandomStream('splittings');
    const angle = () => Math.PI * (2 * random.uniform() - 1);
    for (let i = 0; i < 300; i++) {
      const args = [
        20 + 100 * random.uniform(),
        angle(),
        20 + 80 * random.uniform(),
        angle(),
        5 + 150 * random.uniform(),
        angle(),
      ] as const;
      differences.push(stransverseMassByGrid(...args) - stransverseMass(...args));
    }
    // Masses are square roots: 1e-6 GeV is a relative 1e-9 of the square at worst.
    expect(Math.min(...differences)).toBeGreaterThan(-1e-6);
    // The search gets stuck on the kink where both masses are equal, seldom by more than this.
    expect(share(differences, (d) => d < 0.02)).toBeGreaterThan(0.8);
  });

  it('is 0 for missing energy between the leptons', () => {
    expect(stransverseMass(50, 0.2, 40, 1.2, 60, 0.7)).toBe(0);
    expect(stransverseMass(50, -2.9, 40, 2.8, 60, 3.1)).toBe(0);
  });

  it('of equal leptons side by side and missing energy opposite is sqrt(2 p m)', () => {
    // By symmetry q1 = q2 = m/2: mT^2 = 2 p (m/2) (1 - cos pi).
    expect(stransverseMass(40, 0, 40, 1e-6, 60, Math.PI)).toBeCloseTo(Math.sqrt(2 * 40 * 60), 4);
  });

  it('of leptons back to back is 0: the invisible particles may follow them at any speed', () => {
    expect(stransverseMass(40, 0, 40, Math.PI, 60, Math.PI / 2)).toBeLessThan(0.01);
  });

  it('does not depend on the order of the leptons nor on the axes', () => {
    const value = stransverseMass(50, 0.2, 40, 1.9, 60, -2);
    expect(stransverseMass(40, 1.9, 50, 0.2, 60, -2)).toBeCloseTo(value, 9);
    expect(stransverseMass(50, 0.2 + 2, 40, 1.9 + 2, 60, 0)).toBeCloseTo(value, 9);
    expect(stransverseMass(50, -0.2, 40, -1.9, 60, 2)).toBeCloseTo(value, 9);
  });
});

describe('derived variables of SUSY', () => {
  const names = susyColumns.map(({ name }) => name);
  const compute = makeSusyFeatures();

  it('of two leptons back to back at rest', () => {
    // E = 80, no missing energy: M_R = 80, S_R = sqrt(2 (E^2 + E^2)) = 160, all transverse masses 0; M_Delta_R = 2 E' with
    // beta_R = 1: not reached, so that the leptons are tilted by 1.2 rad instead.
    const event = new SusyEvent().read([40, 0, 0.6, 40, 0, Math.PI - 0.6, 0, 0]);
    const out = new Float64Array(10);
    compute(event, out, 0);
    expect(out[2]).toBeCloseTo(80, 10);
    // P = pT(ll): S_R = sqrt{2 [E^2 - P^2 + E sqrt(E^2 - P^2)]}, P = 80 sin .6, sqrt(E^2 - P^2) = 80 cos .6.
    const cosine = Math.cos(0.6);
    expect(out[6]).toBeCloseTo(80 * Math.sqrt(2 * (cosine * cosine + cosine)), 10);
    expect([out[0], out[1], out[3], out[4], out[5]].every((x) => Math.abs(x) < 1e-6)).toBe(true);
  });

  it('know jets where they are given: MET_rel falls to |m| sin(dphi)', () => {
    const event = new SusyEvent().read([40, 0.3, 0, 30, -0.3, 0.5, 60, 3]);
    const out = new Float64Array(10);
    compute(event, out, 0);
    expect(out[0]).toBe(60);
    event.jets = 1;
    event.jetAzimuth[0] = -3;
    compute(event, out, 0);
    expect(out[0]).toBeCloseTo(60 * Math.sin(2 * Math.PI - 6), 10);
  });

  it('go to the units of the file and back', () => {
    const values = Array.from({ length: 18 }, (_, i) => 10 + i);
    toPhysical(susyColumns, toUci(susyColumns, values)).forEach((x, i) => {
      expect(x).toBeCloseTo(values[i], 9);
    });
  });

  describe.skipIf(!present(susyRows))(`on real rows (skipped without ${pathOf(susyRows)})`, () => {
    const rows = present(susyRows) ? physicalRows(susyRows, susyColumns) : [];
    const event = new SusyEvent();
    const computed = rows.map((row) => {
      const out = new Float64Array(10);
      compute(event.read(row), out, 0);
      return out;
    });
    /** For each row how far column `name` is from the file, in the unit of the file (the column's mean over the set). */
    const distances = (name: string): number[] => {
      const column = names.indexOf(name);
      return rows.map(
        (row, i) => (computed[i][column - lowLevelCount.susy] - row[column]) / susyColumns[column].scale,
      );
    };

    // The file holds pT, eta and phi rounded to 0.01 GeV and 0.001 and the derived values of the unrounded ones.
    it.each(['axial_MET', 'M_R', 'M_TR_2', 'R', 'S_R', 'M_Delta_R', 'dPhi_r_b'])(
      '%s agrees to 1e-3',
      (name) => {
        const found = distances(name);
        expect(found.length).toBe(5998);
        expect(share(found, (d) => Math.abs(d) < 1e-3)).toBe(1);
      },
    );

    it('cos_theta_r1 agrees to 1e-3 in at least 99.5 %', () => {
      // Of leptons of like momentum beta_R is small, and its direction moves by far more than those of the leptons (0.0005) do.
      const found = distances('cos_theta_r1');
      expect(share(found, (d) => Math.abs(d) < 1e-3)).toBeGreaterThan(0.995);
      expect(Math.max(...found.map(Math.abs))).toBeLessThan(0.02);
    });

    it('MT2 agrees to 1e-3 in at least 98 %', () => {
      // The authors minimised numerically.
      expect(share(distances('MT2'), (d) => Math.abs(d) < 1e-3)).toBeGreaterThan(0.98);
    });

    it('MET_rel is an upper bound, reached where no jet is near', () => {
      // 85 % of rows need leptons only (section 2.3 of the domain's page); the jets are not in the file.
      const found = distances('MET_rel');
      expect(share(found, (d) => d > -1e-3)).toBe(1);
      expect(share(found, (d) => Math.abs(d) < 1e-3)).toBeGreaterThan(0.8);
    });
  });
});
