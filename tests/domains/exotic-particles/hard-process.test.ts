import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { chargedHiggs, higgsMasses } from '../../../domains/exotic-particles/generator/charged-higgs.ts';
import { charginoPairs, susyMasses } from '../../../domains/exotic-particles/generator/chargino-pairs.ts';
import { HiggsPartons } from '../../../domains/exotic-particles/generator/higgs-partons.ts';
import { SusyPartons } from '../../../domains/exotic-particles/generator/susy-partons.ts';
import { topMass, topPairs } from '../../../domains/exotic-particles/generator/top-pairs.ts';
import { wPairs } from '../../../domains/exotic-particles/generator/w-pairs.ts';
import { boostToRestFrame } from '../../../domains/exotic-particles/kinematics/boost.ts';
import { FourVector } from '../../../domains/exotic-particles/kinematics/four-vector.ts';
import { expectDistribution } from './expect-distribution.ts';

const events = 20_000;
const sum = (...vectors: readonly FourVector[]) =>
  vectors.reduce((total, v) => total.add(v), new FourVector());
const median = (values: Float64Array): number => values.sort()[values.length >> 1];

/** Differences of energies of up to 4 TeV: 1e-12 of them is some tens of roundings. */
function expectSame(a: FourVector, b: FourVector): void {
  const tolerance = 1e-11 * Math.max(a.energy, b.energy);
  for (const key of ['px', 'py', 'pz', 'energy'] as const) {
    expect(Math.abs(a[key] - b[key])).toBeLessThan(tolerance);
  }
}

/** Cosine between `product` and W's flight, in the rest frames of W and of W's mother. */
function helicityCosine(product: FourVector, w: FourVector, mother: FourVector): number {
  const flight = boostToRestFrame(new FourVector().copy(w), mother, mother.mass);
  const seen = boostToRestFrame(new FourVector().copy(product), mother, mother.mass);
  boostToRestFrame(seen, flight, w.mass);
  const { px, py, pz } = seen;
  return (px * flight.px + py * flight.py + pz * flight.pz) / (seen.momentum * flight.momentum);
}

describe.each([
  ['signal of HIGGS', chargedHiggs],
  ['background of HIGGS', topPairs],
] as const)('hard process: %s', (name, simulate) => {
  const isSignal = simulate === chargedHiggs;
  const partons = new HiggsPartons();
  const random = new RandomStream(name);
  const columns = {
    system: new Float64Array(events),
    first: new Float64Array(events),
    second: new Float64Array(events),
    leptonicW: new Float64Array(events),
    hadronicW: new Float64Array(events),
    helicity: new Float64Array(events),
  };
  for (let i = 0; i < events; i++) {
    simulate(random, 12, -30, partons);
    const { system, firstMother, secondMother, wLeptonic, wHadronic, lepton, bottom, antibottom } = partons;
    columns.system[i] = system.mass;
    columns.first[i] = firstMother.mass;
    columns.second[i] = secondMother.mass;
    columns.leptonicW[i] = wLeptonic.mass;
    columns.hadronicW[i] = wHadronic.mass;
    if (!isSignal) {
      columns.helicity[i] = helicityCosine(lepton, wLeptonic, firstMother);
    } else {
      const fromCharged = Math.abs(sum(wLeptonic, secondMother).mass - firstMother.mass) < 1e-6;
      columns.helicity[i] = helicityCosine(lepton, wLeptonic, fromCharged ? firstMother : system);
    }
    if (i > 500) continue;
    expect(system.px).toBeCloseTo(12, 9);
    expect(system.py).toBeCloseTo(-30, 9);
    expectSame(sum(lepton, partons.neutrino), wLeptonic);
    expectSame(sum(partons.down, partons.up), wHadronic);
    expectSame(sum(wLeptonic, wHadronic, bottom, antibottom), system);
    if (isSignal) {
      expectSame(sum(bottom, antibottom), secondMother);
    } else {
      expectSame(sum(wLeptonic, bottom), firstMother);
      expectSame(sum(wHadronic, antibottom), secondMother);
    }
  }

  it('keeps four-momentum at each step of the chain', () => {
    // Expected above, for each of the first 500.
    expect(columns.system.every((mass) => mass > 0)).toBe(true);
  });

  // The median of a Breit-Wigner of width G has the standard error (pi/4) G/sqrt(n) = 0.0056 G: 0.06 G is ten of them, and leaves
  // room for the decays that a low mass forbids.
  it('has its resonances where they belong', () => {
    expect(Math.abs(median(columns.leptonicW) - 80.4)).toBeLessThan(0.06 * 2.1);
    expect(Math.abs(median(columns.hadronicW) - 80.4)).toBeLessThan(0.06 * 2.1);
    if (isSignal) {
      // H0 opens at 405.4 GeV, five half-widths below its peak: the others move up by a few percent of the width.
      expect(Math.abs(median(columns.system) - higgsMasses.heavy)).toBeLessThan(0.15 * 8);
      expect(Math.abs(median(columns.first) - higgsMasses.charged)).toBeLessThan(0.1 * 4);
      expect(Math.max(...columns.second.map((m) => Math.abs(m - higgsMasses.light)))).toBeLessThan(1e-3);
    } else {
      expect(Math.abs(median(columns.first) - topMass)).toBeLessThan(0.06 * 1.4);
      expect(Math.abs(median(columns.second) - topMass)).toBeLessThan(0.06 * 1.4);
      expect(Math.min(...columns.system)).toBeGreaterThan(2 * topMass - 1);
    }
  });

  it('polarises the leptonic W', () => {
    const longitudinal = (c: number) => (2 + 3 * c - c ** 3) / 4; // of density 3/4 (1 - c^2)
    const left = (c: number) => 1 - (1 - c) ** 3 / 8; // of density 3/8 (1 - c)^2
    expectDistribution(
      columns.helicity,
      isSignal ? longitudinal : (c) => 0.69 * longitudinal(c) + 0.31 * left(c),
    );
  });
});

describe.each([
  ['signal of SUSY', charginoPairs],
  ['background of SUSY', wPairs],
] as const)('hard process: %s', (name, simulate) => {
  const partons = new SusyPartons();
  const random = new RandomStream(name);
  const { system, mothers, neutralinos, w, leptons, neutrinos } = partons;
  const masses = new Float64Array(events);
  const helicity = new Float64Array(events);
  const isSignal = simulate === charginoPairs;
  for (let i = 0; i < events; i++) {
    simulate(random, -25, 40, partons);
    masses[i] = w[0].mass;
    helicity[i] = helicityCosine(leptons[0], w[0], isSignal ? mothers[0] : system);
    if (i > 500) continue;
    expect(system.px).toBeCloseTo(-25, 9);
    expectSame(sum(...mothers), system);
    for (const side of [0, 1]) {
      expectSame(sum(leptons[side], neutrinos[side]), w[side]);
      if (isSignal) {
        expectSame(sum(w[side], neutralinos[side]), mothers[side]);
        expect(mothers[side].mass).toBeCloseTo(susyMasses.chargino, 6);
        expect(neutralinos[side].mass).toBeCloseTo(susyMasses.neutralino, 6);
      }
    }
  }

  it('has its W bosons at 80.4 GeV', () => {
    expect(Math.abs(median(masses) - 80.4)).toBeLessThan(0.06 * 2.1);
  });

  it('polarises them', () => {
    const longitudinal = (c: number) => (2 + 3 * c - c ** 3) / 4;
    const left = (c: number) => 1 - (1 - c) ** 3 / 8;
    const right = (c: number) => (1 + c) ** 3 / 8;
    expectDistribution(
      helicity,
      isSignal ? (c) => (1 + c) / 2 : (c) => 0.25 * longitudinal(c) + 0.45 * left(c) + 0.3 * right(c),
    );
  });
});
