// Figures of classifiers: the share of test images that each gets wrong, the committee's beside those of its columns.
import { wilsonInterval } from '../../../core/metrics/proportion.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import type { Figure, Models } from '../../domain.ts';
import { memberCount } from '../../ensemble.ts';
import { isColumn, parametersKey, pixelsInput, probabilityOutput } from '../networks/names.ts';
import { pixelsOf, side } from '../parts.ts';
import { publishedErrors } from './references.ts';

const level = 0.95;

/** Probabilities [images][classes]. */
export async function classProbabilities(
  models: Models,
  id: string,
  data: Dataset,
  rows: Uint32Array,
): Promise<Float32Array> {
  const shape = [rows.length, side, side];
  const inputs = { [pixelsInput]: { dtype: 'int32', shape, data: pixelsOf(data, rows) } } as const;
  return (await models.run(id, inputs))[probabilityOutput].data as Float32Array;
}

/** The likeliest class of each. */
export function calls(probabilities: Float32Array, images: number): Uint8Array {
  const classes = probabilities.length / Math.max(1, images);
  return Uint8Array.from({ length: images }, (_, i) => {
    const own = probabilities.subarray(i * classes, (i + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

/** Mean of several networks' probabilities. */
export const averaged = (all: readonly Float32Array[]): Float32Array =>
  all[0].map((_, i) => all.reduce((sum, own) => sum + own[i], 0) / all.length);

const mistakes = (called: Uint8Array, labels: Uint8Array): number =>
  called.reduce((sum, k, i) => sum + Number(k !== labels[i]), 0);

export interface Called {
  readonly id: string;
  readonly probabilities: Float32Array;
}

/** @param called the classifiers, the columns of a committee among them */
export async function errorFigures(
  called: readonly Called[],
  labels: Uint8Array,
  isMnist: boolean,
  models: Models,
): Promise<Figure[]> {
  const wrong = (probabilities: Float32Array) =>
    wilsonInterval(mistakes(calls(probabilities, labels.length), labels), labels.length, level);
  const figure = (id: string, probabilities: Float32Array, more: Partial<Figure> = {}): Figure => {
    const known = isMnist ? publishedErrors[id] : undefined;
    return {
      id: `error-${id}`,
      label: `classification error, ${id}`,
      ...wrong(probabilities),
      level,
      n: labels.length,
      ...(known ? { paper: { value: known.value }, note: `The paper: ${known.from}.` } : {}),
      ...more,
    };
  };
  const columns = called.filter(({ id }) => isColumn(id));
  const figures = await Promise.all(
    called
      .filter(({ id }) => !isColumn(id))
      .map(async ({ id, probabilities }) => {
        const own = figure(id, probabilities);
        const metadata = await models.metadata(id);
        const members = memberCount(metadata);
        const size = `${members > 1 ? `${members} networks, ` : ''}${metadata[parametersKey]} parameters.`;
        return { ...own, note: [own.note, size].filter(Boolean).join(' ') };
      }),
  );
  if (columns.length === 0) return figures;
  const baselines = columns.map(({ id, probabilities }) => ({ id, label: id, ...wrong(probabilities) }));
  return [
    ...figures,
    figure('committee', averaged(columns.map(({ probabilities }) => probabilities)), { baselines }),
  ];
}
