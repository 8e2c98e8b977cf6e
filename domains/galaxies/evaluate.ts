// Figures of the network and of the classical methods on the test galaxies.
import type { Parts } from '../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation } from '../domain.ts';
import type { GalaxiesConfig } from './config.ts';
import { galaxyCurves } from './evaluation/curves.ts';
import { evaluateSetting, type SettingMeasures, spectraOf } from './evaluation/evaluate-setting.ts';
import { settingFigures } from './evaluation/setting-figures.ts';
import { measuredGalaxies, trainingImages, trainingPart } from './parts.ts';
import { settingNames } from './setting-names.ts';

export async function evaluate(parts: Parts, context: EvaluateContext<GalaxiesConfig>): Promise<Evaluation> {
  const { config, random } = context;
  const validation = measuredGalaxies(parts, 'validation');
  const test = measuredGalaxies(parts, 'test');
  const spectra = spectraOf(trainingPart in parts ? trainingImages(parts) : [], test);
  const settings: SettingMeasures[] = [];
  for (const name of settingNames) {
    settings.push(await evaluateSetting(name, validation, test, spectra, context));
  }
  const size = test[0].original.width;
  return {
    figures: settings.flatMap((measures) =>
      settingFigures(measures, { config, size, random: random.split('bootstrap') }),
    ),
    curves: { settings: await Promise.all(settings.map((measures) => galaxyCurves(measures, size, config))) },
  };
}
