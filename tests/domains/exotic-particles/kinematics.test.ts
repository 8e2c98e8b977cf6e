import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deltaPhi, deltaR } from '../../../domains/exotic-particles/kinematics/angles.ts';
import {
  boost,
  boostFromRestFrame,
  boostToRestFrame,
} from '../../../domains/exotic-particles/kinematics/boost.ts';
import { FourVector } from '../../../domains/exotic-particles/kinematics/four-vector.ts';
import { pairMass, tripleMass } from '../../../domains/exotic-particles/kinematics/invariant-mass.ts';
import {
  breakupMomentum,
  decayAboutBeam,
  decayAboutFlight,
} from '../../../domains/exotic-particles/kinematics/two-body-decay.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });
/** A particle of 1 to 1000 GeV with at most 2 TeV of momentum along each axis. */
const particle = fc
  .record({ mass: real(1, 1000), px: real(-2000, 2000), py: real(-2000, 2000), pz: real(-2000, 2000) })
  .map(({ mass, px, py, pz }) => ({
    mass,
    vector: new FourVector(px, py, pz, Math.sqrt(mass * mass + px * px + py * py + pz * pz)),
  }));
const angles = { cosine: real(-1, 1), azimuth: real(-Math.PI, Math.PI) };

/** Sums of numbers of the size of E lose about 1e-16 E each; some tens of roundings stay below 1e-12 E. */
function expectSame(a: FourVector, b: FourVector, relative = 1e-12): void {
  const tolerance = relative * Math.max(Math.abs(a.energy), Math.abs(b.energy), 1);
  for (const key of ['px', 'py', 'pz', 'energy'] as const) {
    expect(Math.abs(a[key] - b[key])).toBeLessThanOrEqual(tolerance);
  }
}
const sum = (a: FourVector, b: FourVector) => new FourVector().copy(a).add(b);
const threeMomenta = (a: FourVector, b: FourVector) => a.px * b.px + a.py * b.py + a.pz * b.pz;

describe('FourVector', () => {
  it('gives back transverse momentum, pseudorapidity and azimuth of a massless particle', () => {
    fc.assert(
      fc.property(real(0.1, 1000), real(-5, 5), real(-3.14, 3.14), (pt, eta, phi) => {
        const v = new FourVector().setMassless(pt, eta, phi);
        expect(v.transverseMomentum).toBeCloseTo(pt, 9);
        expect(v.pseudorapidity).toBeCloseTo(eta, 9);
        expect(v.azimuth).toBeCloseTo(phi, 9);
        expect(v.momentum / v.energy).toBeCloseTo(1, 12);
      }),
    );
  });

  it('gives a particle of given rapidity its mass and y = 1/2 ln[(E + pz)/(E - pz)]', () => {
    fc.assert(
      fc.property(real(1, 500), real(-3, 3), real(-100, 100), real(-100, 100), (mass, y, px, py) => {
        const v = new FourVector().setRapidity(mass, y, px, py);
        expect(0.5 * Math.log((v.energy + v.pz) / (v.energy - v.pz))).toBeCloseTo(y, 9);
        // M^2 is a difference of numbers of the size of E^2 < 5e6 M^2.
        expect(v.mass / mass).toBeCloseTo(1, 7);
      }),
    );
  });
});

describe('angles', () => {
  it('brings differences of azimuth into [-pi, pi]', () => {
    expect(deltaPhi(3, -3)).toBeCloseTo(6 - 2 * Math.PI, 12);
    expect(deltaPhi(-3, 3)).toBeCloseTo(2 * Math.PI - 6, 12);
    expect(deltaPhi(1, 0.5)).toBe(0.5);
  });

  it('measures distances across the cut of azimuth: 3-4-5', () => {
    expect(deltaR(0.3, Math.PI - 0.2, 0, -Math.PI + 0.2)).toBeCloseTo(0.5, 12);
  });
});

describe('boosts', () => {
  it('keep the mass, and undo each other', () => {
    fc.assert(
      fc.property(
        particle,
        real(-0.55, 0.55),
        real(-0.55, 0.55),
        real(-0.55, 0.55),
        ({ vector }, bx, by, bz) => {
          const moved = boost(new FourVector().copy(vector), bx, by, bz);
          const scale = Math.max(moved.energy, vector.energy) ** 2;
          expect(Math.abs(moved.massSquared - vector.massSquared) / scale).toBeLessThan(1e-12);
          expectSame(boost(moved, -bx, -by, -bz), vector, 1e-11); // beta^2 < 0.91: gamma^2 < 11
        },
      ),
    );
  });

  it('add velocities along one axis by Einstein: (0.6 + 0.5)/(1 + 0.3)', () => {
    const v = boost(boost(new FourVector(0, 0, 0, 10), 0, 0, 0.6), 0, 0, 0.5);
    expect(v.pz / v.energy).toBeCloseTo(1.1 / 1.3, 14);
  });

  it('bring a particle to rest in its own rest frame, and back', () => {
    fc.assert(
      fc.property(particle, particle, ({ vector, mass }, other) => {
        const own = boostToRestFrame(new FourVector().copy(vector), vector, mass);
        // E/M is at most 3,500 here, and rounding errors of E are multiplied by it.
        expectSame(own, new FourVector(0, 0, 0, mass), 1e-6);
        const there = boostToRestFrame(new FourVector().copy(other.vector), vector, mass);
        expectSame(boostFromRestFrame(there, vector, mass), other.vector, 1e-6);
      }),
    );
  });

  it('into a rest frame are boosts by minus the velocity', () => {
    const parent = new FourVector(30, -20, 50, Math.sqrt(80 * 80 + 900 + 400 + 2500));
    const v = new FourVector(3, 4, -12, 20);
    const { px, py, pz, energy } = parent;
    expectSame(
      boostToRestFrame(new FourVector().copy(v), parent, 80),
      boost(new FourVector().copy(v), -px / energy, -py / energy, -pz / energy),
    );
  });
});

describe('invariant masses', () => {
  it('of massless particles: M^2 = 2 pT1 pT2 [cosh(eta1 - eta2) - cos(phi1 - phi2)]', () => {
    const a = new FourVector().setMassless(40, 0.5, 1);
    const b = new FourVector().setMassless(60, -1, -2);
    const c = new FourVector().setMassless(25, 2, 0.3);
    const square = (pt1: number, pt2: number, eta: number, phi: number) =>
      2 * pt1 * pt2 * (Math.cosh(eta) - Math.cos(phi));
    const ab = square(40, 60, 1.5, 3);
    expect(pairMass(a, b)).toBeCloseTo(Math.sqrt(ab), 10);
    expect(tripleMass(a, b, c)).toBeCloseTo(
      Math.sqrt(ab + square(40, 25, 1.5, 0.7) + square(60, 25, 3, 2.3)),
      10,
    );
  });
});

describe('two-body decays', () => {
  it('have the breakup momentum of the Particle Data Group: W at rest from a top quark of 173 GeV', () => {
    // k = (M^2 - m_W^2)/(2 M) for a massless b.
    expect(breakupMomentum(173, 80.4, 0)).toBeCloseTo((173 ** 2 - 80.4 ** 2) / 346, 12);
    expect(breakupMomentum(425, 325, 80.4)).toBeCloseTo(
      Math.sqrt((425 ** 2 - 405.4 ** 2) * (425 ** 2 - 244.6 ** 2)) / 850,
      10,
    );
    expect(breakupMomentum(100, 60, 50)).toBe(0);
  });

  it('conserve four-momentum, and give the products their masses', () => {
    fc.assert(
      fc.property(
        particle,
        real(0, 0.5),
        real(0, 0.5),
        angles.cosine,
        angles.azimuth,
        ({ vector, mass }, a, b, cosine, azimuth) => {
          const [first, second] = [new FourVector(), new FourVector()];
          decayAboutBeam(vector, mass, first, a * mass, second, b * mass, cosine, azimuth);
          expectSame(sum(first, second), vector);
          const scale = vector.energy ** 2;
          expect(Math.abs(first.massSquared - (a * mass) ** 2) / scale).toBeLessThan(1e-12);
          expect(Math.abs(second.massSquared - (b * mass) ** 2) / scale).toBeLessThan(1e-12);
        },
      ),
    );
  });

  it('about the beam leave at the given angles in the rest frame', () => {
    const parent = new FourVector(30, -20, 50, Math.sqrt(80 * 80 + 900 + 400 + 2500));
    const [first, second] = [new FourVector(), new FourVector()];
    decayAboutBeam(parent, 80, first, 10, second, 20, 0.3, 2);
    boostToRestFrame(first, parent, 80);
    expect(first.momentum).toBeCloseTo(breakupMomentum(80, 10, 20), 10);
    expect(first.pz / first.momentum).toBeCloseTo(0.3, 12);
    expect(first.azimuth).toBeCloseTo(2, 12);
  });

  it('about the flight: the helicity angle is the one to the flight seen from the mother', () => {
    const mother = new FourVector(40, 10, -80, Math.sqrt(300 * 300 + 1600 + 100 + 6400));
    fc.assert(
      fc.property(
        angles.cosine,
        angles.azimuth,
        angles.cosine,
        angles.azimuth,
        (cosine, azimuth, helicity, turn) => {
          const [w, sister, lepton, neutrino] = Array.from({ length: 4 }, () => new FourVector());
          decayAboutBeam(mother, 300, w, 80.4, sister, 125, cosine, azimuth);
          decayAboutFlight(w, 80.4, sister, lepton, neutrino, helicity, turn);
          expectSame(sum(lepton, neutrino), w);
          // The helicity frame: from the mother's rest frame, in which the axis is W's flight, along that flight into W's.
          const flight = boostToRestFrame(new FourVector().copy(w), mother, 300);
          const seen = boostToRestFrame(new FourVector().copy(lepton), mother, 300);
          boostToRestFrame(seen, flight, 80.4);
          expect(threeMomenta(seen, flight) / (seen.momentum * flight.momentum)).toBeCloseTo(helicity, 9);
        },
      ),
    );
  });
});
