// Gluons radiated before and after the hard process: a toy in place of a parton shower, with few parameters that were set so that
// the columns of the real sets come out (section 3 of the domain's page).
import type { RandomStream } from '../../../core/random.ts';
import { azimuth, poisson, uniform } from './distributions.ts';
import { Flavour, type JetList } from './jet-list.ts';

export interface InitialRadiation {
  /** Mean number of jets; no more than four are made. */
  readonly mean: number;
  /** Their pT in GeV is `least` u^(-1/`power`), u uniform in (0, 1]. */
  readonly least: number;
  readonly power: number;
  /** Highest pT, GeV. */
  readonly most: number;
}

/** Jets radiated at most before the hard process. */
export const mostInitial = 4;
/** Standard deviation of their pseudorapidity. */
const spread = 2.4;

/**
 * Returns how many jets are radiated, and a function that adds them to `jets` and writes the transverse momentum with which the hard
 * system recoils, in GeV, to `recoil`: theirs reversed, and a Gaussian of `soft` GeV for each component.
 */
export function initialRadiation({ mean, least, power, most }: InitialRadiation, soft: number) {
  const exponent = -1 / power;
  const radiate = (
    random: RandomStream,
    count: number,
    jets: JetList,
    recoil: Float64Array,
    tagDraws?: Float64Array,
  ): void => {
    let px = soft * random.normal();
    let py = soft * random.normal();
    for (let n = 0; n < count; n++) {
      const pt = Math.min(most, least * (1 - uniform(random)) ** exponent);
      const phi = azimuth(random);
      jets.push(pt, spread * random.normal(), phi, Flavour.light, tagDraws?.[n]);
      px -= pt * Math.cos(phi);
      py -= pt * Math.sin(phi);
    }
    recoil[0] = px;
    recoil[1] = py;
  };
  return { drawCount: poisson(mean, mostInitial), radiate };
}

export interface FinalRadiation {
  /** Probability of a quark to emit. */
  readonly probability: number;
  /** The gluon takes the share `share` x Beta(1, `power`) of pT. */
  readonly share: number;
  readonly power: number;
  /** It leaves at a distance between these in the plane of pseudorapidity and azimuth. */
  readonly nearest: number;
  readonly farthest: number;
}

/** Lets the jet `i` of the list emit a gluon, which joins the list with its `tagDraw`. */
export function emitGluon(
  random: RandomStream,
  jets: JetList,
  i: number,
  { share, power, nearest, farthest }: FinalRadiation,
  tagDraw: number,
): void {
  const { transverseMomentum: pt, pseudorapidity: eta, azimuth: phi } = jets;
  const z = share * (1 - uniform(random) ** (1 / power));
  const distance = nearest + (farthest - nearest) * uniform(random);
  const angle = azimuth(random);
  const gluon = phi[i] + distance * Math.sin(angle);
  jets.push(
    z * pt[i],
    eta[i] + distance * Math.cos(angle),
    gluon - 2 * Math.PI * Math.round(gluon / (2 * Math.PI)),
    Flavour.light,
    tagDraw,
  );
  pt[i] *= 1 - z;
}
