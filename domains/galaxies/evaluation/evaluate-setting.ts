// One setting of seeing and depth: the classical methods tuned on the validation galaxies, then everything measured on the test
// galaxies, each of which is spoiled once.
import { runInWorkers } from '../../../core/workers.ts';
import type { SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { EvaluateContext } from '../../domain.ts';
import { fitPowerSpectra, type PowerSpectrum } from '../baselines/power-spectrum.ts';
import type { GalaxiesConfig } from '../config.ts';
import { networkFor } from '../networks/choose-network.ts';
import type { MeasuredGalaxy } from '../parts.ts';
import { putFluxRight } from '../restoration/put-flux-right.ts';
import { oneAgain, restoreImage } from '../restoration/restore-image.ts';
import type { SettingName } from '../setting-names.ts';
import { observationOf, spoil } from '../spoil.ts';
import { noiseOf } from '../units.ts';
import { meanMeasures } from './mean-measures.ts';
import type { GalaxyMeasures, MeasureTask } from './measure-galaxy.ts';
import { type Tuned, tunedMethods } from './methods.ts';
import type { TuneTask } from './tune-galaxy.ts';

export interface SettingMeasures {
  readonly name: SettingName;
  readonly tuned: readonly Tuned[];
  readonly galaxies: readonly GalaxyMeasures[];
}

/** Galaxies whose images are kept for the gallery. */
const shownGalaxies = 6;
/** Images that power spectra are fitted to: each has thousands of frequencies. */
const spectrumImages = 200;

/**
 * Power spectra of the bands, less the noise that the images have.
 *
 * @param training images learnt from, without noise where galaxies are simulated; the galaxies at hand serve where there are none
 */
export function spectraOf(
  training: readonly SkyImage[],
  galaxies: readonly MeasuredGalaxy[],
): PowerSpectrum[] {
  const images = (training.length > 0 ? training : galaxies.map(({ original }) => original)).slice(
    0,
    spectrumImages,
  );
  const noises = images.map(noiseOf);
  const noise = images[0].bands.map((_, band) =>
    Math.sqrt(noises.reduce((sum, own) => sum + own[band] ** 2, 0) / images.length),
  );
  return fitPowerSpectra(images, noise);
}

async function tune(
  name: SettingName,
  galaxies: readonly MeasuredGalaxy[],
  spectra: readonly PowerSpectrum[],
  { config, random, threads, signal, progress }: EvaluateContext<GalaxiesConfig>,
): Promise<Tuned[]> {
  const tasks: TuneTask[] = galaxies.map((galaxy, i) => ({
    observation: observationOf(
      spoil(galaxy, config.settings[name], config.degradation.mode, random.split('tune', name, i)),
    ),
    target: galaxy.original,
    spectra,
  }));
  const bar = progress.task(`Tuning the classical methods, ${name}`, tasks.length, 'galaxies');
  const scores = await runInWorkers<TuneTask, number[][]>(new URL('./tune-worker', import.meta.url), tasks, {
    threads,
    signal,
    onDone: () => bar.advance(),
  });
  bar.end();
  return tunedMethods(spectra).map(({ id, label, candidates }, method) => {
    const means = candidates.map(
      (_, k) => scores.reduce((sum, own) => sum + own[method][k], 0) / scores.length,
    );
    return { id, label, candidates, scores: means, parameter: candidates[means.indexOf(Math.max(...means))] };
  });
}

/** What bars are called. */
const label = (name: SettingName, draw: number, { draws }: GalaxiesConfig): string =>
  draws === 1 ? name : `${name}, noise ${draw + 1} of ${draws}`;

/** The network's answers, as they come and with the flux put right. @param draw number of the noise, from 0 on */
async function restoreAll(
  name: SettingName,
  galaxies: readonly MeasuredGalaxy[],
  draw: number,
  { config, random, models, signal, progress }: EvaluateContext<GalaxiesConfig>,
) {
  const bar = progress.task(`Restoring, ${label(name, draw, config)}`, galaxies.length, 'galaxies');
  const answers = [];
  for (const [i, galaxy] of galaxies.entries()) {
    signal.throwIfAborted();
    const stream = random.split('test', name, i, ...(draw > 0 ? [draw] : []));
    const spoiled = spoil(galaxy, config.settings[name], config.degradation.mode, stream);
    const options = { models, ...networkFor(config, name), conserve: 0, signal };
    const answer = await restoreImage(spoiled, options);
    // As `predict` answers an image of one band.
    const own = galaxy.grey ? oneAgain(answer, spoiled.image) : answer;
    const flux = { conserve: config.conserveFlux, centred: config.centred };
    answers.push({ spoiled, raw: own.restored, ...putFluxRight(own, spoiled, flux) });
    bar.advance();
  }
  bar.end();
  return answers;
}

/** Every galaxy under one draw of the noise. */
async function measureAll(
  name: SettingName,
  draw: number,
  galaxies: readonly MeasuredGalaxy[],
  { spectra, tuned }: { readonly spectra: readonly PowerSpectrum[]; readonly tuned: readonly Tuned[] },
  context: EvaluateContext<GalaxiesConfig>,
): Promise<GalaxyMeasures[]> {
  const { config, threads, signal, progress } = context;
  const answers = await restoreAll(name, galaxies, draw, context);
  const tasks = galaxies.map(({ original, truth }, i): MeasureTask => {
    const { spoiled, ...answer } = answers[i];
    return {
      original,
      ...(truth ? { truth } : {}),
      sky: spoiled.sky,
      observation: observationOf(spoiled),
      ...answer,
      spectra,
      parameters: tuned.map(({ parameter }) => parameter),
      keep: draw === 0 && i < shownGalaxies,
    };
  });
  const bar = progress.task(`Measuring, ${label(name, draw, config)}`, tasks.length, 'galaxies');
  const measures = await runInWorkers<MeasureTask, GalaxyMeasures>(
    new URL('./measure-worker', import.meta.url),
    tasks,
    { threads, signal, onDone: () => bar.advance() },
  );
  bar.end();
  return measures;
}

/**
 * @param validation galaxies that set the parameters of the classical methods; the test galaxies themselves where there are none,
 *   in favour of these methods
 */
export async function evaluateSetting(
  name: SettingName,
  validation: readonly MeasuredGalaxy[],
  test: readonly MeasuredGalaxy[],
  spectra: readonly PowerSpectrum[],
  context: EvaluateContext<GalaxiesConfig>,
): Promise<SettingMeasures> {
  const tuned = await tune(name, validation.length > 0 ? validation : test, spectra, context);
  const draws: GalaxyMeasures[][] = [];
  for (let draw = 0; draw < context.config.draws; draw++) {
    draws.push(await measureAll(name, draw, test, { spectra, tuned }, context));
  }
  return { name, tuned, galaxies: test.map((_, i) => meanMeasures(draws.map((measures) => measures[i]))) };
}
