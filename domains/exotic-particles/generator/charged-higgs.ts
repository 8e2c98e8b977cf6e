// The signal of HIGGS: gg -> H0 -> W-+ H+-, H+- -> W+- h0, h0 -> b b (Baldi, Sadowski, Whiteson 2014), at tree level by two-body
// decays. Scalars decay isotropically, and W bosons between scalars are longitudinal.
import type { RandomStream } from '../../../core/random.ts';
import { FourVector } from '../kinematics/four-vector.ts';
import { decayAboutBeam } from '../kinematics/two-body-decay.ts';
import { drawRapidity, gluons } from './beams.ts';
import { azimuth, breitWigner, isotropic, uniform } from './distributions.ts';
import type { HiggsPartons } from './higgs-partons.ts';
import { decayW, drawWMass, fromScalar } from './w-boson.ts';

/** Masses in GeV; `heavy` is H0, `charged` is H+-, `light` is h0. */
export const higgsMasses = { heavy: 425, charged: 325, light: 125 } as const;

const drawHeavy = breitWigner(higgsMasses.heavy, 8, 380, 520);
const drawCharged = breitWigner(higgsMasses.charged, 4, 270, 380);

const first = new FourVector();
const second = new FourVector();
const light = new FourVector();

/** Fills `partons` (`firstMother` is H+-, `secondMother` h0); the system has the transverse momentum (px, py), GeV. */
export function chargedHiggs(random: RandomStream, px: number, py: number, partons: HiggsPartons): void {
  let heavyMass = 0;
  let chargedMass = 0;
  let firstMass = 0;
  let secondMass = 0;
  do {
    heavyMass = drawHeavy(random);
    chargedMass = drawCharged(random);
    firstMass = drawWMass(random);
    secondMass = drawWMass(random);
  } while (heavyMass <= chargedMass + firstMass || chargedMass <= higgsMasses.light + secondMass);

  const { system, firstMother: charged } = partons;
  system.setRapidity(heavyMass, drawRapidity(random, heavyMass, gluons), px, py);
  decayAboutBeam(
    system,
    heavyMass,
    first,
    firstMass,
    charged,
    chargedMass,
    isotropic(random),
    azimuth(random),
  );
  decayAboutBeam(
    charged,
    chargedMass,
    second,
    secondMass,
    light,
    higgsMasses.light,
    isotropic(random),
    azimuth(random),
  );
  decayAboutBeam(
    light,
    higgsMasses.light,
    partons.bottom,
    0,
    partons.antibottom,
    0,
    isotropic(random),
    azimuth(random),
  );
  const { lepton, neutrino, down, up } = partons;
  partons.secondMother.copy(light);
  if (uniform(random) < 0.5) {
    decayW(random, first, firstMass, charged, lepton, neutrino, fromScalar);
    decayW(random, second, secondMass, light, down, up, fromScalar);
    partons.wLeptonic.copy(first);
    partons.wHadronic.copy(second);
  } else {
    decayW(random, first, firstMass, charged, down, up, fromScalar);
    decayW(random, second, secondMass, light, lepton, neutrino, fromScalar);
    partons.wLeptonic.copy(second);
    partons.wHadronic.copy(first);
  }
}
