// One validation galaxy through every method with every candidate of its parameter.
import type { PowerSpectrum } from '../baselines/power-spectrum.ts';
import { type TrainingPair, tuneBaseline } from '../baselines/tune.ts';
import { tunedMethods } from './methods.ts';

export interface TuneTask extends TrainingPair {
  readonly spectra: readonly PowerSpectrum[];
}

/** PSNR in dB of each method at each of its candidates. */
export const tuneGalaxy = ({ spectra, ...pair }: TuneTask): (readonly number[])[] =>
  tunedMethods(spectra).map((method) => tuneBaseline(method, [pair]).scores);
