// The background of HIGGS: pp -> t t -> W b W b at leading order, without correlation of the spins.
import type { RandomStream } from '../../../core/random.ts';
import { decayAboutBeam } from '../kinematics/two-body-decay.ts';
import { drawRapidity, gluons, pairMasses } from './beams.ts';
import { azimuth, breitWigner, exchanged, isotropic, uniform } from './distributions.ts';
import type { HiggsPartons } from './higgs-partons.ts';
import { decayW, drawWMass, fromTop } from './w-boson.ts';

/** Mass of the top quark, GeV. */
export const topMass = 173;

const drawTopMass = breitWigner(topMass, 1.4, 155, 191);
/** The rest of the pairs come from quarks. */
const shareFromGluons = 0.85;

/**
 * gg -> t t at leading order, up to a factor: [(1 + r + r^2/16) ln((1 + b)/(1 - b)) - b (7/4 + 31 r/16)] / s, r = 4 mt^2/s,
 * b = sqrt(1 - r) (Combridge 1979).
 */
export function gluonCrossSection(mass: number): number {
  const s = mass * mass;
  const r = (4 * topMass * topMass) / s;
  if (r >= 1) return 0;
  const beta = Math.sqrt(1 - r);
  return ((1 + r + (r * r) / 16) * Math.log((1 + beta) / (1 - beta)) - beta * (7 / 4 + (31 * r) / 16)) / s;
}

/** dM = 2 M dM / s of tau and 1/tau of the luminosity leave 1/M. */
const masses = pairMasses(2 * topMass, 2500, gluons, (mass) => gluonCrossSection(mass) / mass);

/**
 * Cosine of the angle of a top quark of velocity b to the beam, from gluons: density
 * (7 + 9 b^2 c^2)/(1 - b^2 c^2)^2 [1 + 2 b^2 s^2 - b^4 (1 + s^4)], s^2 = 1 - c^2. With x = 1 - b^2 c^2 and e = 1 - b^2 it is 1/x
 * times (16 - 9 x)(2 + 2 e - x - 2 e^2/x), which is at most (16 - 9 e) m, m the second factor at x = sqrt(2) e or 1.
 */
export function drawGluonCosine(random: RandomStream, beta: number): number {
  const e = 1 - beta * beta;
  const second = (x: number) => 2 + 2 * e - x - (2 * e * e) / x;
  const bound = (16 - 9 * e) * second(Math.min(1, Math.SQRT2 * e));
  for (;;) {
    const cosine = exchanged(random, beta);
    const x = 1 - beta * beta * cosine * cosine;
    if (bound * uniform(random) < (16 - 9 * x) * second(x)) return cosine;
  }
}

/** The same from quarks: density 2 - b^2 s^2. */
export function drawQuarkCosine(random: RandomStream, beta: number): number {
  for (;;) {
    const cosine = isotropic(random);
    if (2 * uniform(random) < 2 - beta * beta * (1 - cosine * cosine)) return cosine;
  }
}

/** Fills `partons` (the mothers are the top quarks); the system has the transverse momentum (px, py), GeV. */
export function topPairs(random: RandomStream, px: number, py: number, partons: HiggsPartons): void {
  let mass = 0;
  let firstTop = 0;
  let secondTop = 0;
  do {
    mass = masses.draw(random);
    firstTop = drawTopMass(random);
    secondTop = drawTopMass(random);
  } while (mass <= firstTop + secondTop);
  const mean = (firstTop + secondTop) / 2;
  const beta = Math.sqrt(Math.max(1e-6, 1 - (4 * mean * mean) / (mass * mass)));
  const cosine =
    uniform(random) < shareFromGluons ? drawGluonCosine(random, beta) : drawQuarkCosine(random, beta);

  const { system, firstMother, secondMother, wLeptonic, wHadronic, bottom, antibottom } = partons;
  system.setRapidity(mass, drawRapidity(random, mass, gluons), px, py);
  decayAboutBeam(system, mass, firstMother, firstTop, secondMother, secondTop, cosine, azimuth(random));
  const leptonicMass = drawWMass(random);
  const hadronicMass = drawWMass(random);
  decayAboutBeam(
    firstMother,
    firstTop,
    wLeptonic,
    leptonicMass,
    bottom,
    0,
    isotropic(random),
    azimuth(random),
  );
  decayAboutBeam(
    secondMother,
    secondTop,
    wHadronic,
    hadronicMass,
    antibottom,
    0,
    isotropic(random),
    azimuth(random),
  );
  decayW(random, wLeptonic, leptonicMass, bottom, partons.lepton, partons.neutrino, fromTop);
  decayW(random, wHadronic, hadronicMass, antibottom, partons.down, partons.up, fromTop);
}
