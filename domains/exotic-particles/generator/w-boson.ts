// W bosons in decay chains: their mass and how they decay.
import type { RandomStream } from '../../../core/random.ts';
import type { FourVector } from '../kinematics/four-vector.ts';
import { decayAboutFlight } from '../kinematics/two-body-decay.ts';
import { azimuth, breitWigner, leftHanded, longitudinal, rightHanded, uniform } from './distributions.ts';

/** Mass of a W: 80.4 GeV, width 2.1 GeV. */
export const drawWMass = breitWigner(80.4, 2.1, 60, 99.5);

/** Shares of W bosons by helicity; what is left of 1 is right-handed. */
export interface Polarisation {
  readonly longitudinal: number;
  readonly leftHanded: number;
}

/** From a scalar that decays to another scalar and a W. */
export const fromScalar: Polarisation = { longitudinal: 1, leftHanded: 0 };
/** From t -> W b: F0 = mt^2/(mt^2 + 2 mW^2). */
export const fromTop: Polarisation = { longitudinal: 0.69, leftHanded: 0.31 };
/** Lepton against the flight, density 3/8 (1 - c)^2. */
export const backward: Polarisation = { longitudinal: 0, leftHanded: 1 };
/** Lepton along the flight, density 3/8 (1 + c)^2. */
export const forward: Polarisation = { longitudinal: 0, leftHanded: 0 };

function drawHelicityCosine(random: RandomStream, shares: Polarisation): number {
  if (shares.longitudinal === 1) return longitudinal(random);
  const u = uniform(random);
  if (u < shares.longitudinal) return longitudinal(random);
  return u < shares.longitudinal + shares.leftHanded ? leftHanded(random) : rightHanded(random);
}

/**
 * Decays `w` into `down` (charged lepton or down-type quark, to which the helicity angle belongs) and `up`; `recoiling` is what W's
 * mother left beside it.
 */
export function decayW(
  random: RandomStream,
  w: FourVector,
  mass: number,
  recoiling: FourVector,
  down: FourVector,
  up: FourVector,
  shares: Polarisation,
): void {
  decayAboutFlight(w, mass, recoiling, down, up, drawHelicityCosine(random, shares), azimuth(random));
}
