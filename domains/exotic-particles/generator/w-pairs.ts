// The background of SUSY: qq -> W+ W- -> l nu l nu.
import type { RandomStream } from '../../../core/random.ts';
import { decayAboutBeam } from '../kinematics/two-body-decay.ts';
import { drawRapidity, pairMasses, quarks } from './beams.ts';
import { azimuth, exchanged } from './distributions.ts';
import type { SusyPartons } from './susy-partons.ts';
import { decayW, drawWMass, fromQuarks } from './w-boson.ts';

const threshold = 2 * 80.4;

/** Density of the pair's mass: velocity x luminosity x M^-3.6, a toy of exchange in the t channel. */
const masses = pairMasses(
  threshold,
  2500,
  quarks,
  (mass) => Math.sqrt(1 - (threshold * threshold) / (mass * mass)) * mass ** -3.6,
);

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
  decayAboutBeam(system, mass, w[0], first, w[1], second, exchanged(random, beta), azimuth(random));
  mothers[0].copy(w[0]);
  mothers[1].copy(w[1]);
  decayW(random, w[0], first, w[1], leptons[0], neutrinos[0], fromQuarks);
  decayW(random, w[1], second, w[0], leptons[1], neutrinos[1], fromQuarks);
}
