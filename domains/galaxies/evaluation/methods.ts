// The classical methods beside the network, each with the parameter that serves it best on validation galaxies: a comparison with
// anything less would flatter the network.
import type { PowerSpectrum } from '../baselines/power-spectrum.ts';
import type { Baseline } from '../baselines/restoration.ts';
import { richardsonLucyBaseline } from '../baselines/richardson-lucy.ts';
import { gaussianSmoothing } from '../baselines/smoothing.ts';
import { constantWiener, laplacianWiener, spectralWiener } from '../baselines/wiener.ts';

/** Filters that are linear in the flux. */
export const linearMethods = (spectra: readonly PowerSpectrum[]): Baseline[] => [
  gaussianSmoothing,
  constantWiener,
  laplacianWiener,
  spectralWiener(spectra),
];

/** All that have a parameter to be tuned. */
export const tunedMethods = (spectra: readonly PowerSpectrum[]): Baseline[] => [
  ...linearMethods(spectra),
  richardsonLucyBaseline,
];

/** The paper's number of iterations of Richardson and Lucy. */
export const paperIterations = 30;
/** Id of that method among the measures. */
export const paperRichardsonLucy = 'richardson-lucy-30';

/** A method with its parameter. */
export interface Tuned {
  readonly id: string;
  readonly label: string;
  readonly parameter: number;
  /** Mean PSNR on the validation galaxies at each candidate, dB. */
  readonly scores: readonly number[];
  readonly candidates: readonly number[];
}
