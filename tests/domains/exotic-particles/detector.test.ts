import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import {
  jetResolution,
  mayBeTagged,
  measureJets,
  possibleTags,
  tagOf,
} from '../../../domains/exotic-particles/generator/detector.ts';
import { Flavour, JetList } from '../../../domains/exotic-particles/generator/jet-list.ts';
import { emitGluon, initialRadiation } from '../../../domains/exotic-particles/generator/radiation.ts';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('JetList', () => {
  it('joins near jets, across the cut of azimuth too: pT adds up, the direction is weighted by pT, the heavier flavour stays', () => {
    const jets = new JetList();
    jets.push(30, 0.1, Math.PI - 0.1, Flavour.light, 0.5);
    jets.push(50, 2, 0, Flavour.charm, 0.6);
    jets.push(10, 0.3, -Math.PI + 0.1, Flavour.bottom, 0.7);
    jets.merge(0.5);
    expect(jets.count).toBe(2);
    expect(jets.transverseMomentum[0]).toBe(40);
    expect(jets.pseudorapidity[0]).toBeCloseTo(0.15, 12);
    expect(jets.azimuth[0]).toBeCloseTo(Math.PI - 0.05, 12);
    expect(jets.flavour[0]).toBe(Flavour.bottom);
    expect(jets.tagDraw[0]).toBe(0.7);
    expect(jets.flavour[1]).toBe(Flavour.charm);
  });

  it('leaves no pair within reach, however many were joined', () => {
    const random = new RandomStream('merge');
    for (let event = 0; event < 200; event++) {
      const jets = new JetList();
      let total = 0;
      for (let i = 0; i < 16; i++) {
        const pt = 1 + 50 * random.uniform();
        total += pt;
        jets.push(pt, random.normal(), 6 * random.uniform() - 3, Flavour.light);
      }
      jets.merge(0.6);
      let left = 0;
      for (let i = 0; i < jets.count; i++) {
        left += jets.transverseMomentum[i];
        for (let j = 0; j < i; j++) {
          const phi = jets.azimuth[i] - jets.azimuth[j];
          const distance = Math.hypot(
            jets.pseudorapidity[i] - jets.pseudorapidity[j],
            phi - 2 * Math.PI * Math.round(phi / (2 * Math.PI)),
          );
          expect(distance).toBeGreaterThanOrEqual(0.6);
        }
      }
      expect(left).toBeCloseTo(total, 9);
    }
  });
});

describe('radiation', () => {
  it('before the hard process recoils against the jets but for the soft part', () => {
    const { radiate, drawCount } = initialRadiation({ mean: 3, least: 10, power: 1.2, most: 250 }, 0);
    const random = new RandomStream('recoil');
    const recoil = new Float64Array(2);
    for (let event = 0; event < 200; event++) {
      const jets = new JetList();
      const count = drawCount(random);
      radiate(random, count, jets, recoil);
      expect(jets.count).toBe(count);
      let [px, py] = [0, 0];
      for (let i = 0; i < count; i++) {
        const pt = jets.transverseMomentum[i];
        expect(pt).toBeGreaterThanOrEqual(10);
        expect(pt).toBeLessThanOrEqual(250);
        px += pt * Math.cos(jets.azimuth[i]);
        py += pt * Math.sin(jets.azimuth[i]);
      }
      expect(recoil[0]).toBeCloseTo(-px, 9);
      expect(recoil[1]).toBeCloseTo(-py, 9);
    }
  });

  it('of a quark keeps the sum of pT, at the distance asked for', () => {
    const random = new RandomStream('gluon');
    const radiation = { probability: 1, share: 0.9, power: 1.8, nearest: 0.45, farthest: 1.1 };
    for (let event = 0; event < 200; event++) {
      const jets = new JetList();
      jets.push(60, 0.3, 3, Flavour.bottom);
      emitGluon(random, jets, 0, radiation, 0.4);
      expect(jets.count).toBe(2);
      expect(jets.transverseMomentum[0] + jets.transverseMomentum[1]).toBeCloseTo(60, 10);
      expect(jets.transverseMomentum[1]).toBeLessThanOrEqual(54);
      const phi = jets.azimuth[1] - 3;
      const distance = Math.hypot(
        jets.pseudorapidity[1] - 0.3,
        phi - 2 * Math.PI * Math.round(phi / (2 * Math.PI)),
      );
      expect(distance).toBeGreaterThan(0.449);
      expect(distance).toBeLessThan(1.101);
    }
  });
});

describe('detector', () => {
  it('measures light jets 3 % too high with the resolution of their energy', () => {
    // pT = 100 GeV at eta = 0: E = 100, sigma = sqrt(.01 + .0169 + .0004) = 0.1652. Standard errors of 20,000: 0.0012 and 0.8 %.
    expect(jetResolution(100)).toBeCloseTo(Math.sqrt(0.0273), 12);
    const random = new RandomStream('jets');
    const jets = new JetList();
    const ratios = Array.from({ length: 20_000 }, () => {
      jets.count = 0;
      jets.push(100, 0, 0, Flavour.light);
      measureJets(random, jets);
      return jets.transverseMomentum[0] / 100;
    });
    const centre = mean(ratios);
    expect(Math.abs(centre - 1.03)).toBeLessThan(0.005);
    const spread = Math.sqrt(mean(ratios.map((r) => (r - centre) ** 2)));
    expect(Math.abs(spread / (1.03 * 0.1652) - 1)).toBeLessThan(0.03);
  });

  it('tags with the efficiencies of the three flavours, in the tracker only, four fifths of them tight', () => {
    const random = new RandomStream('tags');
    const share = (pt: number, flavour: number, class_: number) =>
      mean(
        Array.from({ length: 20_000 }, () => (tagOf(random.uniform(), pt, 1, flavour) === class_ ? 1 : 0)),
      );
    // Standard errors are at most 0.0035.
    const bottom = 0.65 * Math.tanh(40 / 27);
    expect(Math.abs(share(40, Flavour.bottom, 2) - 0.8 * bottom)).toBeLessThan(0.014);
    expect(Math.abs(share(40, Flavour.bottom, 1) - 0.2 * bottom)).toBeLessThan(0.014);
    expect(Math.abs(share(40, Flavour.charm, 2) - 0.16)).toBeLessThan(0.014);
    expect(Math.abs(share(40, Flavour.light, 0) - 0.97)).toBeLessThan(0.014);
    expect(tagOf(0, 40, 2.6, Flavour.bottom)).toBe(0);
  });

  it('knows before measuring which jets can be tagged', () => {
    const jets = new JetList();
    jets.push(20, 0, 0, Flavour.bottom, 0.6);
    jets.push(20, 3, 0, Flavour.bottom, 0.1);
    jets.push(20, 0, 0, Flavour.light, 0.02);
    jets.push(20, 0, 0, Flavour.charm, 0.3);
    expect(possibleTags(jets)).toBe(2);
    for (const flavour of [0, 1, 2]) {
      for (let draw = 0; draw < 1; draw += 0.01) {
        if (tagOf(draw, 1e6, 0, flavour) > 0) expect(mayBeTagged(flavour, draw)).toBe(true);
      }
    }
  });
});
