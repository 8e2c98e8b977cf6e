// Figures of autoencoders and principal components: their sizes, how well they give images back, and what their codes are like.
import { bootstrapInterval } from '../../../core/metrics/bootstrap.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Estimate, Figure } from '../../domain.ts';
import type { AutoencoderSettings, DigitsConfig } from '../config.ts';
import { componentsId, isComponents } from '../networks/names.ts';
import { pixelsOfImage } from '../parts.ts';
import type { CodedImages } from './coded-images.ts';
import { kerasCrossEntropies, scikitLearnErrors } from './references.ts';

const level = 0.95;

/** Mean of one number for each image, with its bootstrap interval over images. */
const meanOf = (values: ArrayLike<number>, random: RandomStream, replicates: number): Estimate =>
  bootstrapInterval(
    values.length,
    (images) => {
      let sum = 0;
      for (const image of images) sum += values[image];
      return sum / images.length;
    },
    { random, replicates, level },
  );

/** Parameters of a dense autoencoder by its formula, of the convolutional one by its sum. */
export function parameterFormula({ kind, code, hidden, tied }: AutoencoderSettings): number {
  if (kind === 'convolutional') return 160 + 1160 + 584 + 584 + 584 + 1168 + 145;
  const widths = [pixelsOfImage, ...hidden, code];
  return widths.slice(1).reduce((sum, to, i) => {
    const weights = widths[i] * to;
    return sum + (tied ? weights : 2 * weights) + to + widths[i];
  }, 0);
}

const exactly = (value: number): Estimate => ({ value, low: value, high: value });

/** Numbers in a code, by the settings. */
const codeLength = ({ kind, code }: AutoencoderSettings): number => (kind === 'dense' ? code : 128);

/** @param networks how many were counted together: of several, which may differ in other layers, there is no formula */
export const parameterFigure = (
  settings: AutoencoderSettings,
  counted: number,
  networks: number,
): Figure => ({
  id: `parameters-${settings.name}`,
  label: `parameters, ${settings.name}`,
  ...exactly(counted),
  level,
  ...(networks === 1 ? { exact: parameterFormula(settings) } : {}),
  note: `${networks === 1 ? 'A' : `${networks} networks, each with a`} code of ${codeLength(settings)} numbers for ${pixelsOfImage} pixels.`,
});

export interface Coder {
  readonly id: string;
  /** Numbers in its code, also where the members of an ensemble have each their own. */
  readonly length: number;
  readonly coded: CodedImages;
}

/** Length of the codes of a network of the settings. */
export const coderLength = ({ autoencoders, components }: DigitsConfig, id: string): number => {
  const settings = autoencoders.find(({ name }) => name === id);
  return settings ? codeLength(settings) : (components.find((count) => componentsId(count) === id) ?? 0);
};

/** Cross-entropy and squared error of each, principal components as baselines of autoencoders. */
export function reconstructionFigures(
  coders: readonly Coder[],
  isMnist: boolean,
  random: RandomStream,
  replicates: number,
): Figure[] {
  const measured = coders.map(({ id, length, coded }) => ({
    id,
    length,
    coded,
    crossEntropy: meanOf(coded.crossEntropies, random.split('cross-entropy'), replicates),
    squaredError: meanOf(coded.squaredErrors, random.split('squared error'), replicates),
  }));
  const baselinesOf = (length: number, of: 'crossEntropy' | 'squaredError') =>
    measured
      .filter((pca) => isComponents(pca.id) && pca.length === length)
      .map((pca) => ({ id: pca.id, label: `${pca.length} principal components`, ...pca[of] }));
  return measured.flatMap(({ id, length, coded, crossEntropy, squaredError }): Figure[] => {
    const keras = isMnist ? kerasCrossEntropies[id] : undefined;
    const scikit = isMnist ? scikitLearnErrors[id] : undefined;
    const common = { level, n: coded.count };
    const figure = (of: 'crossEntropy' | 'squaredError', name: string, estimate: Estimate): Figure => {
      const reference = of === 'crossEntropy' ? keras : scikit;
      const baselines = isComponents(id) ? [] : baselinesOf(length, of);
      return {
        id: `${name}-${id}`,
        label: `${of === 'crossEntropy' ? 'binary cross-entropy' : 'mean squared error'}, ${id}`,
        ...estimate,
        ...common,
        ...(reference ? { paper: { value: reference.value }, note: `Beside it: ${reference.from}.` } : {}),
        ...(baselines.length > 0 ? { baselines } : {}),
      };
    };
    return [
      ...(isComponents(id) ? [] : [figure('crossEntropy', 'bce', crossEntropy)]),
      figure('squaredError', 'mse', squaredError),
    ];
  });
}

/** How active a code is: the mean of its numbers, the share that is zero, and units that are zero for every image. */
export function codeFigures(
  { id, coded }: Omit<Coder, 'length'>,
  isMnist: boolean,
  random: RandomStream,
  replicates: number,
): Figure[] {
  const { count, length, codes } = coded;
  const means = new Float64Array(count);
  const zeros = new Float64Array(count);
  const alive = new Uint8Array(length);
  codes.forEach((value, i) => {
    const image = Math.floor(i / length);
    means[image] += value / length;
    if (Math.abs(value) < 1e-6) zeros[image] += 1 / length;
    else alive[i % length] = 1;
  });
  const dead = length - alive.reduce((sum, is) => sum + is, 0);
  const keras: Readonly<Record<string, number>> = { autoencoder: 8.51, 'sparse-autoencoder': 1.26 };
  const known = isMnist ? keras[id] : undefined;
  return [
    {
      id: `code-mean-${id}`,
      label: `mean of the code, ${id}`,
      ...meanOf(means, random.split('mean'), replicates),
      level,
      n: count,
      ...(known === undefined ? {} : { paper: { value: known } }),
      note: `${dead} of ${length} units are zero for every test image.`,
    },
    {
      id: `code-zero-share-${id}`,
      label: `share of the code that is zero, ${id}`,
      ...meanOf(zeros, random.split('zeros'), replicates),
      level,
      n: count,
    },
  ];
}
