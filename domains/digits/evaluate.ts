// The figures of a run: how well networks give images back and what their codes keep, and how often digits are called wrong.
import type { Dataset, Parts } from '../../data-adapters/dataset.ts';
import type { EvaluateContext, Evaluation, Figure, Models } from '../domain.ts';
import { memberCount } from '../ensemble.ts';
import type { DigitsConfig } from './config.ts';
import { classProbabilities, errorFigures } from './evaluation/classification-figures.ts';
import { type CodedImages, codeImages } from './evaluation/coded-images.ts';
import {
  type Coder,
  codeFigures,
  coderLength,
  parameterFigure,
  reconstructionFigures,
} from './evaluation/coding-figures.ts';
import {
  type Curves,
  type Gallery,
  type LossPoint,
  type MapPoint,
  storedImage,
} from './evaluation/curves.ts';
import { lenetLayers } from './evaluation/layer-table.ts';
import { neighbourFigures } from './evaluation/neighbour-figure.ts';
import { isMnistTest } from './evaluation/references.ts';
import { galleriesKey } from './interpretation/network-galleries.ts';
import { isComponents, lossesKey, parametersKey } from './networks/names.ts';
import { classifierIds, coderIds } from './networks/of-run.ts';
import { labelsOf, pixelsOfImage, side } from './parts.ts';

/** Points of a map of codes. */
const mappedImages = 1500;

/** The first test image of each class. */
function oneOfEach(data: Dataset): Uint32Array {
  const { test } = data.splits;
  const labels = labelsOf(data, test);
  const classes = [...new Set(labels)].sort((a, b) => a - b).slice(0, 16);
  return Uint32Array.from(classes, (k) => test[labels.indexOf(k)]);
}

async function reconstructionRows(
  ids: readonly string[],
  data: Dataset,
  models: Models,
): Promise<Curves['reconstructions']> {
  const rows = oneOfEach(data);
  const pixels = data.column('pixels').data as Uint8Array;
  const originals = Array.from(rows, (row) =>
    storedImage(pixels.slice(row * pixelsOfImage, (row + 1) * pixelsOfImage), side),
  );
  const shown = [{ name: 'original', images: originals }];
  for (const id of ids) {
    const { reconstructions } = await codeImages(models, id, data, rows);
    const bytes = Uint8Array.from(reconstructions, (r) => Math.round(255 * Math.min(1, Math.max(0, r))));
    const images = originals.map((_, i) =>
      storedImage(bytes.slice(i * pixelsOfImage, (i + 1) * pixelsOfImage), side),
    );
    shown.push({ name: id, images });
  }
  return shown;
}

/** The code as a map, where it has two numbers. */
const mapOf = (coded: CodedImages, labels: Uint8Array, names?: readonly string[]): MapPoint[] =>
  Array.from({ length: Math.min(coded.count, mappedImages) }, (_, i) => ({
    x: coded.codes[2 * i],
    y: coded.codes[2 * i + 1],
    label: names?.[labels[i]] ?? String(labels[i]),
  }));

/** What a model file keeps as JSON, of all that have it. */
async function kept<T>(models: Models, key: string): Promise<T[]> {
  const all = await Promise.all(models.ids.map((id) => models.metadata(id)));
  return all.flatMap(({ [key]: text }) => (text === undefined ? [] : (JSON.parse(text) as T[])));
}

export async function evaluate({ main }: Parts, context: EvaluateContext<DigitsConfig>): Promise<Evaluation> {
  const { config, models, random, signal, progress } = context;
  const { resamplings } = config.evaluation;
  const { test } = main.splits;
  const labels = labelsOf(main, test);
  const isMnist = isMnistTest(main);
  const bootstrap = random.split('bootstrap');
  const names = main.provenance.classes;
  const [ids, callers] = [coderIds(config, models.ids), classifierIds(config, models.ids)];
  const bar = progress.task('Measuring', ids.length + callers.length + 1, 'networks');
  try {
    const coders: Coder[] = [];
    for (const id of ids) {
      signal.throwIfAborted();
      const { reconstructions: _, ...coded } = await codeImages(models, id, main, test);
      coders.push({
        id,
        length: coderLength(config, id),
        coded: { ...coded, reconstructions: new Float32Array() },
      });
      bar.advance(1);
    }
    const called = [];
    for (const id of callers) {
      signal.throwIfAborted();
      called.push({ id, probabilities: await classProbabilities(models, id, main, test) });
      bar.advance(1);
    }
    const autoencoders = coders.filter(({ id }) => !isComponents(id));
    const withCodes = autoencoders.filter(({ coded }) => coded.length > 0).map(({ id }) => id);
    const parameters: Figure[] = [];
    for (const settings of config.autoencoders.filter(({ name }) => ids.includes(name))) {
      const metadata = await models.metadata(settings.name);
      parameters.push(parameterFigure(settings, Number(metadata[parametersKey]), memberCount(metadata)));
    }
    const figures = [
      ...parameters,
      ...reconstructionFigures(coders, isMnist, bootstrap, resamplings),
      ...autoencoders
        .filter(({ coded }) => coded.length > 2)
        .flatMap((coder) => codeFigures(coder, isMnist, bootstrap.split(coder.id), resamplings)),
      ...(await errorFigures(called, labels, isMnist, models)),
      ...(await neighbourFigures(withCodes.slice(0, 2), main, context)),
    ];
    const curves: Curves = {
      source: main.provenance.source,
      reconstructions: await reconstructionRows(ids, main, models),
      maps: coders
        .filter(({ coded }) => coded.length === 2)
        .map(({ id, coded }) => ({ id, points: mapOf(coded, labels, names) })),
      galleries: await kept<Gallery>(models, galleriesKey),
      losses: await kept<LossPoint>(models, lossesKey),
      layers: config.classifiers.some(({ kind }) => kind.startsWith('lenet5')) ? lenetLayers() : [],
    };
    return { figures, curves: { ...curves } };
  } finally {
    bar.end();
  }
}
