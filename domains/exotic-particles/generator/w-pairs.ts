// The background of SUSY: qq -> W+ W- -> l nu l nu.
import type { RandomStream } from '../../../core/random.ts';
import { decayAboutBeam } from '../kinematics/two-body-decay.ts';
import { drawRapidity, pairMasses, quarks } from './beams.ts';
import { azimuth, exchanged, uniform } from './distributions.ts';
import type { SusyPartons } from './susy-partons.ts';
import { backward, decayW, drawWMass, forward, fromScalar, type Polarisation } from './w-boson.ts';

const threshold = 2 * 80.4;

/** Density of the pair's mass: velocity x luminosity x M^-3, a toy of exchange in the t channel. */
const masses = pairMasses(
  threshold,
  2500,
  quarks,
  (mass) => Math.sqrt(1 - (threshold * threshold) / (mass * mass)) * mass ** -3,
);

/** Cosine of a W of velocity b to the beam: density 1/(1 - b^2 c^2)^2, the square of the exchange's amplitude. */
function drawCosine(random: RandomStream, beta: number): number {
  for (;;) {
    const cosine = exchanged(random, beta);
    if (uniform(random) * (1 - beta * beta * cosine * cosine) < 1 - beta * beta) return cosine;
  }
}

/** Shares of pairs with both W longitudinal and with both leptons along the flight; both against it are the rest. */
const shares = { longitudinal: 0.25, forward: 0.3 } as const;

/** Transverse W bosons of a pair have opposite helicities, and so both leptons lean the same way. */
function drawPolarisation(random: RandomStream): Polarisation {
  const u = uniform(random);
  if (u < shares.longitudinal) return fromScalar;
  return u < shares.longitudinal + shares.forward ? forward : backward;
}

/** Fills `partons` (the mothers are the W bosons); the system has the transverse momentum (px, py), GeV. */
export function wPairs(random: RandomStream, px: number, py: number, partons: SusyPartons): void {
  let mass = 0;
  let first = 0;
  let second = 0;
  do {
    mass = masses.draw(random);
    first = drawWMass(random);
    second = drawWMass(random);
  } while (mass <= first + second);
  const beta = Math.sqrt(Math.max(1e-6, 1 - (first + second) ** 2 / (mass * mass)));
  const { system, mothers, w, leptons, neutrinos } = partons;
  system.setRapidity(mass, drawRapidity(random, mass, quarks), px, py);
  decayAboutBeam(system, mass, w[0], first, w[1], second, drawCosine(random, beta), azimuth(random));
  mothers[0].copy(w[0]);
  mothers[1].copy(w[1]);
  const polarisation = drawPolarisation(random);
  decayW(random, w[0], first, w[1], leptons[0], neutrinos[0], polarisation);
  decayW(random, w[1], second, w[0], leptons[1], neutrinos[1], polarisation);
}
