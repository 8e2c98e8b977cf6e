// Which galaxies the survey has at 0.01 < z < 0.02: luminosities, distances, sizes and colours. Sources: luminosities, Blanton et
// al. 2003 (ApJ 592, 819): Schechter's function with M* = -20.44 + 5 log h, alpha = -1.05; sizes, Shen et al. 2003 (MNRAS
// 343, 978, r band, sections 3.1 and 3.2); colours, Baldry et al. 2004 (ApJ 600, 681) and Blanton et al. 2003 (ApJ 594, 186).
// h = 0.7, Omega_m = 0.3.
import { logistic } from '../../../core/metrics/logistic.ts';
import type { RandomStream } from '../../../core/random.ts';
import { around, scattered } from './draws.ts';

export type GalaxyKind = 'elliptical' | 'lenticular' | 'spiral' | 'irregular';
export const galaxyKinds: readonly GalaxyKind[] = ['elliptical', 'lenticular', 'spiral', 'irregular'];

/** Mpc, to first order in z: c z / H0 [1 + (1 - q0) z / 2] with q0 = -0.55. */
export const luminosityDistance = (z: number): number => 4282.75 * z * (1 + 0.775 * z);

/** Arcsec per kpc. */
export const arcsecPerKpc = (z: number): number => 206.2648 / (luminosityDistance(z) / (1 + z) ** 2);

const characteristic = -20.44 + 5 * Math.log10(0.7);
const faintEnd = -1.05;

export interface Seen {
  readonly redshift: number;
  /** In r. */
  readonly absoluteMagnitude: number;
  /** In r. */
  readonly magnitude: number;
}

/** Apparent r magnitudes that are kept: the spectroscopic sample's limit is 17.77. */
export const brightest = 12.5;
export const faintest = 17.5;

/** A redshift with density z^2 on (0.01, 0.02), and a luminosity of Schechter's function, bright enough for the sample. */
export function drawSeen(random: RandomStream): Seen {
  for (;;) {
    const redshift = Math.cbrt(1e-6 + random.uniform() * 7e-6);
    const absoluteMagnitude = -16.3 - 6.4 * random.uniform();
    const luminosity = 10 ** (0.4 * (characteristic - absoluteMagnitude));
    // Per magnitude: L^(alpha + 1) exp(-L), at most 1.3 in this range.
    const density = luminosity ** (faintEnd + 1) * Math.exp(-luminosity);
    if (1.3 * random.uniform() > density) continue;
    const magnitude = absoluteMagnitude + 5 * Math.log10(luminosityDistance(redshift)) + 25;
    if (magnitude > brightest && magnitude < faintest) return { redshift, absoluteMagnitude, magnitude };
  }
}

/** Early types are half of the bright galaxies and few of the faint ones; faint late types are mostly irregular. */
export function drawKind(random: RandomStream, absoluteMagnitude: number): GalaxyKind {
  const early = 0.12 + 0.43 * logistic((-20.3 - absoluteMagnitude) / 0.7);
  if (random.uniform() < early) return random.uniform() < 0.5 ? 'elliptical' : 'lenticular';
  return random.uniform() < 0.65 * logistic((absoluteMagnitude + 18) / 0.5) ? 'irregular' : 'spiral';
}

/** Half-light radius in kpc: Shen et al.'s medians and scatter for early and late types. */
export function drawRadius(random: RandomStream, kind: GalaxyKind, absoluteMagnitude: number): number {
  const faint = 10 ** (-0.4 * (absoluteMagnitude + 20.91));
  const late = kind === 'spiral' || kind === 'irregular';
  const logarithm = late
    ? -0.4 * 0.26 * absoluteMagnitude + 0.25 * Math.log10(1 + faint) - 1.71
    : -0.4 * 0.65 * absoluteMagnitude - 5.06;
  const scatter = 0.27 + 0.18 / (1 + faint * faint);
  // Below M = -19 early types shrink no further (Shen et al., figure 14: dwarf ellipticals).
  const median = late ? 10 ** logarithm : Math.max(1, 10 ** logarithm);
  return scattered(random, median, scatter);
}

/** The colours g - r and r - i. */
export type Colours = readonly [gMinusR: number, rMinusI: number];

/** Of old stars: the red sequence. */
export function drawOldColours(random: RandomStream, absoluteMagnitude: number): Colours {
  const gMinusR = around(random, 0.72 - 0.022 * (absoluteMagnitude + 20.5), 0.03);
  return [gMinusR, around(random, 0.5 * gMinusR, 0.02)];
}

/** Of discs that form stars: the blue cloud, bluer where fainter. */
export function drawBlueColours(random: RandomStream, absoluteMagnitude: number): Colours {
  const gMinusR = Math.min(0.62, Math.max(0.2, around(random, 0.42 - 0.03 * (absoluteMagnitude + 20), 0.07)));
  return [gMinusR, around(random, 0.5 * gMinusR - 0.03, 0.025)];
}
