import { describe, expect, it } from 'vitest';
import { HiggsEvent } from '../../../domains/exotic-particles/features/higgs-event.ts';
import { makeHiggsFeatures } from '../../../domains/exotic-particles/features/higgs-features.ts';
import { reconstructNeutrino, wMass } from '../../../domains/exotic-particles/features/neutrino.ts';
import { higgsColumns, lowLevelCount } from '../../../domains/exotic-particles/features/uci-units.ts';
import { FourVector } from '../../../domains/exotic-particles/kinematics/four-vector.ts';
import { pairMass } from '../../../domains/exotic-particles/kinematics/invariant-mass.ts';
import { higgsRows, higgsSources, pathOf, physicalRows, present, readLines, share } from './real-rows.ts';

describe('neutrino', () => {
  const neutrino = new FourVector();

  it('makes a W with the lepton: M = 80.4 GeV, and the smaller |pz| of both roots', () => {
    const lepton = new FourVector().setMassless(45, 0.7, 0.2);
    reconstructNeutrino(lepton, 40, 2.1, neutrino);
    expect(pairMass(lepton, neutrino)).toBeCloseTo(wMass, 9);
    expect(neutrino.transverseMomentum).toBeCloseTo(40, 12);
    expect(neutrino.azimuth).toBeCloseTo(2.1, 12);
    const other = (2 * (0.5 * wMass ** 2 + 45 * 40 * Math.cos(1.9)) * lepton.pz) / 45 ** 2 - neutrino.pz;
    expect(
      pairMass(lepton, new FourVector(neutrino.px, neutrino.py, other, Math.hypot(40, other))),
    ).toBeCloseTo(wMass, 9);
    expect(Math.abs(neutrino.pz)).toBeLessThan(Math.abs(other));
  });

  it('keeps to the transverse mass where that is above the W: sqrt(2 pT MET (1 - cos dphi))', () => {
    const lepton = new FourVector().setMassless(60, -1.2, 0.5);
    reconstructNeutrino(lepton, 70, 3.3, neutrino);
    expect(pairMass(lepton, neutrino)).toBeCloseTo(Math.sqrt(2 * 60 * 70 * (1 - Math.cos(2.8))), 9);
    expect(neutrino.pseudorapidity).toBeCloseTo(-1.2, 9);
  });
});

describe('derived masses of HIGGS', () => {
  const compute = makeHiggsFeatures();

  it('are not defined without two tagged and two untagged jets', () => {
    const event = new HiggsEvent().read([
      40, 0, 0, 50, 2, 90, 0, 1, 0, 80, 0.5, -2, 2, 60, 1, 3, 0, 40, -1, -1, 0,
    ]);
    const out = new Float64Array(7);
    expect(compute(event, out, 0)).toBe(false);
    event.jetTag[0] = 1;
    expect(compute(event, out, 0)).toBe(true);
    event.jetTag[2] = 1;
    event.jetTag[3] = 1;
    expect(compute(event, out, 0)).toBe(false);
  });

  it('keep the event as it reads and writes it', () => {
    const row = Array.from({ length: 21 }, (_, i) => i % 3);
    const back = new Float64Array(21);
    new HiggsEvent().read(row).write(back);
    expect([...back]).toEqual(row);
  });

  describe.skipIf(!present(higgsRows))(`on real rows (skipped without ${pathOf(higgsRows)})`, () => {
    // Rows given at three digits are left out, and rows with a tagged jet beyond the four of the file.
    const sources = present(higgsSources) ? readLines(higgsSources) : [];
    const all = present(higgsRows)
      ? physicalRows(higgsRows, higgsColumns, (line) => sources[line] !== 'first10k_3digits')
      : [];
    const rows = all.filter((row) => [8, 12, 16, 20].filter((i) => row[i] > 0.5).length === 2);
    const names = higgsColumns.map(({ name }) => name);
    const event = new HiggsEvent();
    const computed = rows.map((row) => {
      const out = new Float64Array(7);
      compute(event.read(row), out, 0);
      return out;
    });
    const of = (name: string) => names.indexOf(name);
    const ratio = (name: string, i: number): number =>
      computed[i][of(name) - lowLevelCount.higgs] / rows[i][of(name)];
    const within = (rowsTaken: readonly number[], name: string, tolerance: number): number =>
      share(rowsTaken, (i) => Math.abs(ratio(name, i) - 1) < tolerance);
    const every = rows.map((_, i) => i);
    /** Rows in which no pair with a fifth jet is nearer to the W: the file's m_jj is that of the two untagged jets. */
    const matched = every.filter((i) => Math.abs(ratio('m_jj', i) - 1) < 0.002);

    it('two of the four jets are tagged in 80 %', () => {
      expect(all.length).toBe(51595);
      expect(rows.length / all.length).toBeCloseTo(0.799, 2);
    });

    // The shares of section 2.2 of the domain's page. pT rounded to 0.01 GeV and the jets' masses, which are not in the file,
    // leave differences of some per mille; the standard error of a share near 99 % of 41,000 rows is 0.05 %.
    it('m_bb agrees to 0.2 % in 99.2 % and to 1 % in 99.99 %', () => {
      expect(within(every, 'm_bb', 0.002)).toBeGreaterThan(0.99);
      expect(within(every, 'm_bb', 0.01)).toBeGreaterThan(0.9995);
    });

    it('m_jj is that of both untagged jets in 64 %, otherwise a pair with a further jet is nearer to 80.4 GeV', () => {
      expect(matched.length / every.length).toBeCloseTo(0.64, 1);
      const others = every.filter((i) => Math.abs(ratio('m_jj', i) - 1) > 0.01);
      const column = of('m_jj');
      const nearer = share(
        others,
        (i) =>
          Math.abs(rows[i][column] - wMass) < Math.abs(computed[i][column - lowLevelCount.higgs] - wMass),
      );
      expect(nearer).toBeGreaterThan(0.9999);
    });

    it('m_jjj follows from the b that brings it nearest to 175 GeV in 99.9 %', () => {
      expect(within(matched, 'm_jjj', 0.01)).toBeGreaterThan(0.999);
    });

    it('m_lv is 80.4 GeV or the transverse mass', () => {
      // The authors' scan scatters by 0.5 % about 80.4 GeV.
      expect(within(every, 'm_lv', 0.02)).toBeGreaterThan(0.99);
    });

    // Where the authors took the other root of the neutrino (37 %), what holds the leptonic W differs; m_wbb half of the time.
    it.each([
      ['m_jlv', 0.7],
      ['m_wbb', 0.82],
      ['m_wwbb', 0.7],
    ])("%s agrees to 1 % in %d of the rows with the file's m_jj", (name, expected) => {
      expect(within(matched, name, 0.01)).toBeGreaterThan(expected);
    });
  });
});
