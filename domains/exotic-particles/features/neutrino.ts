// The neutrino of W -> l nu: its transverse momentum is the missing energy, its longitudinal one follows from the mass of the W.
import type { FourVector } from '../kinematics/four-vector.ts';

/** Mass of the W that HIGGS's columns were made with, GeV (section 2.2 of the domain's page). */
export const wMass = 80.4;

/**
 * Fills `neutrino` with pT = missing energy and the pz that gives M(l nu) = 80.4 GeV:
 * mu = mW^2/2 + pT(l) . pT(nu), pz = mu pz(l)/pT(l)^2 +- sqrt{mu^2 pz(l)^2/pT(l)^4 - [E(l)^2 MET^2 - mu^2]/pT(l)^2}, the root of
 * smaller |pz|. Without a real root the neutrino gets the rapidity of the lepton, and M(l nu) is their transverse mass.
 * (The authors took the other root in 37 % of their events; by what rule is not known.)
 */
export function reconstructNeutrino(
  lepton: FourVector,
  missingEnergy: number,
  azimuth: number,
  neutrino: FourVector,
): FourVector {
  const px = missingEnergy * Math.cos(azimuth);
  const py = missingEnergy * Math.sin(azimuth);
  const pt2 = lepton.px * lepton.px + lepton.py * lepton.py;
  const mu = 0.5 * wMass * wMass + lepton.px * px + lepton.py * py;
  const centre = (mu * lepton.pz) / pt2;
  const energy2 = pt2 + lepton.pz * lepton.pz;
  const discriminant = centre * centre - (energy2 * missingEnergy * missingEnergy - mu * mu) / pt2;
  let pz: number;
  if (discriminant >= 0) {
    const root = Math.sqrt(discriminant);
    pz = centre > 0 ? centre - root : centre + root;
  } else {
    pz = (missingEnergy * lepton.pz) / Math.sqrt(pt2);
  }
  return neutrino.set(px, py, pz, Math.sqrt(missingEnergy * missingEnergy + pz * pz));
}
