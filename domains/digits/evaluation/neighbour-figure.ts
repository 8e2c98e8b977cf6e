// Nearest neighbours among the training images, by pixels and by codes: whether a code keeps what tells digits apart.
import { openEngine } from '../../../core/engine/devices.ts';
import { wilsonInterval } from '../../../core/metrics/proportion.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import type { Estimate, EvaluateContext, Figure } from '../../domain.ts';
import type { DigitsConfig } from '../config.ts';
import { labelsOf, pixelsOf, pixelsOfImage } from '../parts.ts';
import { codeImages } from './coded-images.ts';
import { nearestClasses, type Vectors, vectorsOf } from './nearest.ts';
import { isMnistTest, publishedErrors } from './references.ts';

/** Training images whose codes are held at once. */
const mostCoded = 20_000;

const pixelVectors = (data: Dataset, rows: Uint32Array): Vectors => ({
  count: rows.length,
  length: pixelsOfImage,
  read: (start, n, into) => into.set(pixelsOf(data, rows.subarray(start, start + n))),
});

/** Codes of rows, some at a time: reconstructions are many numbers. */
async function codeVectors(
  id: string,
  data: Dataset,
  rows: Uint32Array,
  { models }: EvaluateContext<DigitsConfig>,
): Promise<Vectors> {
  const pieces: Float32Array[] = [];
  let length = 0;
  for (let start = 0; start < rows.length; start += mostCoded) {
    const coded = await codeImages(models, id, data, rows.subarray(start, start + mostCoded));
    pieces.push(coded.codes);
    length = coded.length;
  }
  const all = new Float32Array(rows.length * length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return vectorsOf(all, length);
}

/** @param coderIds the networks whose codes are compared; nothing is measured without training images */
export async function neighbourFigures(
  coderIds: readonly string[],
  data: Dataset,
  context: EvaluateContext<DigitsConfig>,
): Promise<Figure[]> {
  const { neighbours, neighbourQueries } = context.config.evaluation;
  const { train } = data.splits;
  const test = data.splits.test.slice(0, neighbourQueries);
  if (train.length < neighbours || coderIds.length === 0) return [];
  const [labels, truth] = [labelsOf(data, train), labelsOf(data, test)];
  const engine = await openEngine(context.device, { threads: context.threads });
  try {
    const errorBy = async (known: Vectors, queries: Vectors): Promise<Estimate> => {
      const called = await nearestClasses(engine, known, labels, queries, neighbours);
      const wrong = called.reduce((sum, k, i) => sum + Number(k !== truth[i]), 0);
      return wilsonInterval(wrong, truth.length);
    };
    const byPixels = await errorBy(pixelVectors(data, train), pixelVectors(data, test));
    const figures: Figure[] = [];
    for (const id of coderIds) {
      context.signal.throwIfAborted();
      const known = await codeVectors(id, data, train, context);
      const queries = await codeVectors(id, data, test, context);
      const published = isMnistTest(data) ? publishedErrors.neighbours : undefined;
      figures.push({
        id: `neighbours-${id}`,
        label: `${neighbours} nearest neighbours by code, ${id}`,
        ...(await errorBy(known, queries)),
        level: 0.95,
        n: truth.length,
        ...(published ? { paper: { value: published.value } } : {}),
        baselines: [{ id: 'pixels', label: 'by pixels', ...byPixels }],
        note: `Share of test images whose class the neighbours miss; codes of ${known.length} numbers, images of ${pixelsOfImage}.`,
      });
    }
    return figures;
  } finally {
    await engine.dispose();
  }
}
