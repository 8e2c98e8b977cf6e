// The signal of SUSY: qq -> chi+ chi-, chi+- -> W+- chi0, W -> l nu (Baldi, Sadowski, Whiteson 2014), with isotropic decays.
import type { RandomStream } from '../../../core/random.ts';
import { decayAboutBeam } from '../kinematics/two-body-decay.ts';
import { drawRapidity, pairMasses, quarks } from './beams.ts';
import { azimuth, isotropic } from './distributions.ts';
import type { SusyPartons } from './susy-partons.ts';
import { drawWMass } from './w-boson.ts';

/** Masses in GeV. */
export const susyMasses = { chargino: 200, neutralino: 100 } as const;

/** Density of the pair's mass: velocity x luminosity / M, a toy of production through a virtual photon and Z. */
const masses = pairMasses(
  2 * susyMasses.chargino,
  3000,
  quarks,
  (mass) => Math.sqrt(1 - (4 * susyMasses.chargino ** 2) / (mass * mass)) / mass,
);

/** Fills `partons`; the system has the transverse momentum (px, py), GeV. */
export function charginoPairs(random: RandomStream, px: number, py: number, partons: SusyPartons): void {
  const mass = masses.draw(random);
  const { chargino, neutralino } = susyMasses;
  const { system, mothers, neutralinos, w, leptons, neutrinos } = partons;
  system.setRapidity(mass, drawRapidity(random, mass, quarks), px, py);
  decayAboutBeam(
    system,
    mass,
    mothers[0],
    chargino,
    mothers[1],
    chargino,
    isotropic(random),
    azimuth(random),
  );
  for (let i = 0; i < 2; i++) {
    const wMass = drawWMass(random); // below 99.5 GeV: the charginos can decay
    decayAboutBeam(
      mothers[i],
      chargino,
      w[i],
      wMass,
      neutralinos[i],
      neutralino,
      isotropic(random),
      azimuth(random),
    );
    decayAboutBeam(w[i], wMass, leptons[i], 0, neutrinos[i], 0, isotropic(random), azimuth(random));
  }
}
