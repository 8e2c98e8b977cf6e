import { describe, expect, it } from 'vitest';
import {
  higgsColumns,
  susyColumns,
  toPhysical,
} from '../../../domains/exotic-particles/features/uci-units.ts';
import { type Process, simulateBlock } from '../../../domains/exotic-particles/generator/block.ts';
import { shiftEvents } from '../../../domains/exotic-particles/systematics/shift-events.ts';
import { systematicVariations } from '../../../domains/exotic-particles/systematics/systematic-variations.ts';

const events = 2000;
const columns = { higgs: higgsColumns, susy: susyColumns } as const;
const nominal = {
  higgs: simulateBlock({ process: 'higgs', events, signalShare: 0.5, seed: 'shifts' }).features,
  susy: simulateBlock({ process: 'susy', events, signalShare: 0.5, seed: 'shifts' }).features,
} as const;

const variation = (process: Process, name: string) => {
  const found = systematicVariations(process).find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
function rows(process: Process, features: Float32Array): Record<string, number>[] {
  const width = columns[process].length;
  return Array.from({ length: features.length / width }, (_, row) => {
    const physical = toPhysical(columns[process], features.subarray(row * width, (row + 1) * width));
    return Object.fromEntries(columns[process].map(({ name }, i) => [name, physical[i]]));
  });
}
const met = (row: Record<string, number>): [number, number] => [
  row.missing_energy_magnitude * Math.cos(row.missing_energy_phi),
  row.missing_energy_magnitude * Math.sin(row.missing_energy_phi),
];
const before = { higgs: rows('higgs', nominal.higgs), susy: rows('susy', nominal.susy) };
const shifted = (process: Process, name: string, direction: 'up' | 'down') =>
  rows(process, shiftEvents(process, nominal[process], variation(process, name)[direction]).features);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

// Columns are float32: relative errors of 6e-8, and 1e-6 where angles enter.
describe('shiftEvents', () => {
  it('lists the uncertainties of both processes', () => {
    const labels = (process: Process) =>
      systematicVariations(process).flatMap(({ up, down }) => [up.label, down.label]);
    expect(labels('higgs')).toEqual([
      'jet energy scale +3 %',
      'jet energy scale -3 %',
      'soft missing energy 5 GeV',
      'soft missing energy 5 GeV, reversed',
      'b-tag efficiency +5 %',
      'b-tag efficiency -5 %',
    ]);
    expect(labels('susy')).toEqual([
      'lepton scale +1 %',
      'lepton scale -1 %',
      'soft missing energy 5 GeV',
      'soft missing energy 5 GeV, reversed',
    ]);
  });

  it('leaves the rows given as they are', () => {
    for (const process of ['higgs', 'susy'] as const) {
      const copy = nominal[process].slice();
      for (const { up } of systematicVariations(process)) shiftEvents(process, nominal[process], up);
      expect(nominal[process]).toEqual(copy);
    }
  });

  it.each([
    ['up', 1.03],
    ['down', 0.97],
  ] as const)(
    'jet energy scale %s: jets, their masses, and the balance of transverse momentum',
    (direction, k) => {
      const after = shifted('higgs', 'jet-energy-scale', direction);
      after.forEach((row, i) => {
        const old = before.higgs[i];
        for (const name of ['jet_1_pt', 'jet_2_pt', 'jet_3_pt', 'jet_4_pt', 'm_jj', 'm_jjj', 'm_bb']) {
          expect(row[name] / old[name]).toBeCloseTo(k, 5);
        }
        expect(row.lepton_pT).toBe(old.lepton_pT);
        let [x, y] = met(row);
        let [oldX, oldY] = met(old);
        for (const j of [1, 2, 3, 4]) {
          x += row[`jet_${j}_pt`] * Math.cos(row[`jet_${j}_phi`]);
          y += row[`jet_${j}_pt`] * Math.sin(row[`jet_${j}_phi`]);
          oldX += old[`jet_${j}_pt`] * Math.cos(old[`jet_${j}_phi`]);
          oldY += old[`jet_${j}_pt`] * Math.sin(old[`jet_${j}_phi`]);
        }
        expect(Math.abs(x - oldX)).toBeLessThan(1e-3);
        expect(Math.abs(y - oldY)).toBeLessThan(1e-3);
      });
      // Jets carry most of m_wwbb: it moves by most of the 3 %, with the sign of the shift.
      const relative = mean(after.map((row, i) => row.m_wwbb / before.higgs[i].m_wwbb)) - 1;
      expect(relative / (k - 1)).toBeGreaterThan(0.5);
      expect(relative / (k - 1)).toBeLessThan(1.2);
    },
  );

  it('b-tag efficiency: weights by the number of tagged jets, columns as they were', () => {
    const { up } = variation('higgs', 'b-tag-efficiency');
    const { features, weight } = shiftEvents('higgs', nominal.higgs, up);
    expect(features).toEqual(nominal.higgs);
    before.higgs.forEach((row, i) => {
      const tags = [1, 2, 3, 4].filter((j) => row[`jet_${j}_b_tag`] > 0.5).length;
      expect(weight![i]).toBeCloseTo(1.05 ** tags, 6);
    });
  });

  it.each(['higgs', 'susy'] as const)(
    'soft missing energy of %s: a Gaussian of 5 GeV, reversed by down',
    (process) => {
      const up = shifted(process, 'soft-missing-energy', 'up');
      const down = shifted(process, 'soft-missing-energy', 'down');
      const moves = up.map((row, i) => {
        const [x, y] = met(row);
        const [oldX, oldY] = met(before[process][i]);
        const [downX, downY] = met(down[i]);
        expect(Math.abs(x + downX - 2 * oldX)).toBeLessThan(1e-3);
        expect(Math.abs(y + downY - 2 * oldY)).toBeLessThan(1e-3);
        return [x - oldX, y - oldY];
      });
      // 4,000 components: standard errors 0.08 of the mean and 0.056 of the spread; four of them.
      const flat = moves.flat();
      expect(Math.abs(mean(flat))).toBeLessThan(0.32);
      expect(Math.abs(Math.sqrt(mean(flat.map((x) => x * x))) - 5)).toBeLessThan(0.23);
    },
  );

  it('leptons of SUSY: both scaled, transverse momentum balanced, M_R scaled exactly', () => {
    const after = shifted('susy', 'lepton-scale', 'up');
    after.forEach((row, i) => {
      const old = before.susy[i];
      // M_R is linear in both leptons.
      for (const name of ['lepton_1_pT', 'lepton_2_pT', 'M_R'])
        expect(row[name] / old[name]).toBeCloseTo(1.01, 5);
      const sumX = (r: Record<string, number>) =>
        met(r)[0] + r.lepton_1_pT * Math.cos(r.lepton_1_phi) + r.lepton_2_pT * Math.cos(r.lepton_2_phi);
      expect(Math.abs(sumX(row) - sumX(old))).toBeLessThan(1e-3);
      // Leptons may come nearer to the missing energy and take over from a jet, but nothing makes it larger than itself.
      expect(row.MET_rel).toBeLessThan(row.missing_energy_magnitude * 1.00001);
    });
  });

  it('shifts each row alone', () => {
    for (const process of ['higgs', 'susy'] as const) {
      const width = columns[process].length;
      for (const { up } of systematicVariations(process)) {
        const whole = shiftEvents(process, nominal[process], up);
        const part = shiftEvents(process, nominal[process].slice(700 * width, 800 * width), up);
        expect(part.features).toEqual(whole.features.slice(700 * width, 800 * width));
        expect(part.weight).toEqual(whole.weight?.slice(700, 800));
      }
    }
  });

  it('refuses rows of another width', () => {
    expect(() => shiftEvents('higgs', new Float32Array(27), systematicVariations('higgs')[0].up)).toThrow(
      'expected features of shape [rows, 28] for higgs, got 27 numbers',
    );
  });
});
