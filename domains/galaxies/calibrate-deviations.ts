// How sure a network may be: its deviations are stretched until they hold as many errors of galaxies that it has not seen as a
// normal deviation should.
import { InferenceModel } from '../../core/engine/inference.ts';
import { quantile } from '../../core/metrics/bootstrap.ts';
import { type LinePoint, lineFit } from '../../core/metrics/line-fit.ts';
import type { TrainContext } from '../domain.ts';
import type { GalaxiesConfig } from './config.ts';
import { restorationId } from './networks/names.ts';
import { type DeviationScale, middleNoise } from './networks/restoration.ts';
import type { MeasuredGalaxy } from './parts.ts';
import { restoreImage } from './restoration/restore-image.ts';
import { settingNames } from './setting-names.ts';
import { spoil } from './spoil.ts';

/** Share of normal errors below one standard deviation. */
const withinOne = 0.6827;
/** Of the pixels, one in so many is looked at: neighbours say much the same. */
const sparse = 7;

/** The line through the settings' points, logarithm of the factor over that of the noise; level where all noise is alike. */
function lineThrough(points: readonly LinePoint[]): DeviationScale {
  const [x, y] = [points.map((point) => point.x), points.map((point) => point.y)];
  if (Math.max(...x) - Math.min(...x) > 0.1) {
    const { intercept, slope } = lineFit(points);
    return { offset: intercept, slope };
  }
  return { offset: y.reduce((a, b) => a + b, 0) / y.length, slope: 0 };
}

/**
 * The scale at which 68 % of the errors of the validation galaxies are below the deviation, at each setting.
 *
 * @param bytes model file whose deviations are as the network gives them
 */
export async function calibrateDeviations(
  bytes: Uint8Array,
  galaxies: readonly MeasuredGalaxy[],
  { config, random, signal }: TrainContext<GalaxiesConfig>,
): Promise<DeviationScale> {
  const model = await InferenceModel.open(bytes, restorationId);
  try {
    const points: LinePoint[] = [];
    for (const name of settingNames) {
      const ratios: number[] = [];
      let depth = 0;
      for (const [i, galaxy] of galaxies.entries()) {
        const stream = random.split('calibration', name, i);
        const spoiled = spoil(galaxy, config.settings[name], config.degradation.mode, stream);
        const { restored, deviation } = await restoreImage(spoiled, {
          models: { run: (_, inputs) => model.run(inputs) },
          id: restorationId,
          tile: config.network.tile,
          conserve: config.conserveFlux,
          signal,
        });
        const target = galaxy.truth ?? galaxy.original;
        for (let k = i % sparse; k < target.data.length; k += sparse) {
          ratios.push(Math.abs(restored.data[k] - target.data[k]) / deviation!.data[k]);
        }
        for (const sigma of spoiled.noise) depth += Math.log(sigma / middleNoise);
      }
      points.push({
        x: depth / (galaxies.length * galaxies[0].original.bands.length),
        y: Math.log(quantile(Float64Array.from(ratios).sort(), withinOne)),
        error: 1,
      });
    }
    return lineThrough(points);
  } finally {
    await model.dispose();
  }
}
