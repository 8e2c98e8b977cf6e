// The detector of HIGGS's collisions, ATLAS-like: how jets and leptons are measured and which jets are tagged as b. Parameters were
// set so that the columns of the real set come out (section 3 of the domain's page).
import type { RandomStream } from '../../../core/random.ts';
import { uniform } from './distributions.ts';
import { Flavour, type JetList } from './jet-list.ts';
import { TableSampler } from './table-sampler.ts';

/** Scale of measured jet energy; b jets lose more. */
const scales = { light: 1.03, bottom: 0.92 } as const;
/** Share of b jets with a neutrino in them, which takes Beta(1.5, 4) of the energy. */
const semileptonic = 0.22;
const neutrinoShare = new TableSampler((x) => Math.sqrt(x) * (1 - x) ** 3, 0, 1);
/** Relative resolution of a lepton. */
export const leptonResolution = 0.02;

/** Relative resolution of a jet of energy E in GeV: sqrt(1/E + 0.13^2 + (2/E)^2). */
export const jetResolution = (energy: number): number =>
  Math.sqrt(1 / energy + 0.0169 + 4 / (energy * energy));

/** Replaces the pT of every jet by a measured one. */
export function measureJets(random: RandomStream, jets: JetList): void {
  const { transverseMomentum: pt, pseudorapidity: eta, flavour } = jets;
  for (let i = 0; i < jets.count; i++) {
    const e = Math.exp(eta[i]);
    let factor = 1 + jetResolution(0.5 * pt[i] * (e + 1 / e)) * random.normal();
    if (flavour[i] === Flavour.bottom) {
      factor *= scales.bottom;
      if (uniform(random) < semileptonic) factor *= 1 - neutrinoShare.draw(random);
    } else {
      factor *= scales.light;
    }
    pt[i] *= Math.max(0.05, factor);
  }
}

/** Highest |pseudorapidity| at which jets are tagged. */
const tagged = 2.5;

/** Highest efficiency of the tag by flavour: light, charm, bottom. */
const efficiencies = [0.03, 0.2, 0.65] as const;
/** The efficiency for b jets is the highest times tanh of pT in this unit, GeV. */
const tagTurnOn = 27;
/** Share of tags that are tight, class 2. */
const tight = 0.8;

/** Whether a jet of this flavour could be tagged at any pT, given the number that decides. */
export const mayBeTagged = (flavour: number, tagDraw: number): boolean => tagDraw < efficiencies[flavour];

/** How many jets of the list could be tagged at any pT. */
export function possibleTags({ count, flavour, tagDraw, pseudorapidity }: JetList): number {
  let possible = 0;
  for (let i = 0; i < count; i++) {
    if (mayBeTagged(flavour[i], tagDraw[i]) && Math.abs(pseudorapidity[i]) <= tagged) possible++;
  }
  return possible;
}

/** Class of the tag of a jet, 0, 1 or 2, given a uniform number `tagDraw`. */
export function tagOf(
  tagDraw: number,
  transverseMomentum: number,
  pseudorapidity: number,
  flavour: number,
): number {
  if (!mayBeTagged(flavour, tagDraw) || Math.abs(pseudorapidity) > tagged) return 0;
  let efficiency: number = efficiencies[flavour];
  if (flavour === Flavour.bottom) efficiency *= Math.tanh(transverseMomentum / tagTurnOn);
  if (tagDraw >= efficiency) return 0;
  // Below the efficiency the number is uniform still.
  return tagDraw < tight * efficiency ? 2 : 1;
}

/** Standard deviation of each component of missing energy, GeV, HT being the sum of the jets' pT. */
export const missingEnergyResolution = (sum: number): number => Math.sqrt(36 + 0.06 * sum);
