// The detector of HIGGS's collisions, ATLAS-like: how jets and leptons are measured and which jets are tagged as b. Parameters were
// set so that the columns of the real set come out (section 3 of the domain's page).
import type { RandomStream } from '../../../core/random.ts';
import { Flavour, type JetList } from './jet-list.ts';
import { TableSampler } from './table-sampler.ts';

/** Scale of measured jet energy: b jets lose more. */
const scales = { light: 0.95, bottom: 0.86 } as const;
/** Share of b jets with a neutrino in them, which takes Beta(1.5, 4) of the energy. */
const semileptonic = 0.22;
const neutrinoShare = new TableSampler((x) => Math.sqrt(x) * (1 - x) ** 3, 0, 1);
/** Relative resolution of a lepton. */
export const leptonResolution = 0.02;

/** Relative resolution of a jet of energy E in GeV: sqrt(1/E + 0.12^2 + (2/E)^2). */
export const jetResolution = (energy: number): number =>
  Math.sqrt(1 / energy + 0.0144 + 4 / (energy * energy));

/** Replaces the pT of every jet by a measured one, and keeps the former as its rank. */
export function measureJets(random: RandomStream, jets: JetList): void {
  const { transverseMomentum: pt, pseudorapidity: eta, flavour, rank } = jets;
  for (let i = 0; i < jets.count; i++) {
    rank[i] = pt[i];
    const e = Math.exp(eta[i]);
    let factor = 1 + jetResolution(0.5 * pt[i] * (e + 1 / e)) * random.normal();
    if (flavour[i] === Flavour.bottom) {
      factor *= scales.bottom;
      if (random.uniform() < semileptonic) factor *= 1 - neutrinoShare.draw(random);
    } else {
      factor *= scales.light;
    }
    pt[i] *= Math.max(0.05, factor);
  }
}

/** Highest |pseudorapidity| at which jets are tagged. */
const tagged = 2.5;

/** Class of the tag of a jet, 0, 1 or 2: b jets are tagged with probability 0.72 tanh(pT / 45 GeV), charm 0.2, others 0.03. */
export function drawTag(
  random: RandomStream,
  transverseMomentum: number,
  pseudorapidity: number,
  flavour: number,
): number {
  if (Math.abs(pseudorapidity) > tagged) return 0;
  const u = random.uniform();
  const efficiency =
    flavour === Flavour.bottom
      ? 0.72 * Math.tanh(transverseMomentum / 45)
      : flavour === Flavour.charm
        ? 0.2
        : 0.03;
  if (u >= efficiency) return 0;
  // u / efficiency is uniform again: 80 % of the tags are tight.
  return u < 0.8 * efficiency ? 2 : 1;
}

/** Standard deviation of each component of missing energy, GeV, HT being the sum of the jets' pT. */
export const missingEnergyResolution = (sum: number): number => Math.sqrt(36 + 0.25 * sum);
