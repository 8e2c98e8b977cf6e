// What an autoencoder, or principal components, make of images: codes, reconstructions, and how far those are off.

import type { Dataset } from '../../../data-adapters/dataset.ts';
import type { Models } from '../../domain.ts';
import { codeOutput, pixelsInput, reconstructionOutput } from '../networks/names.ts';
import { pixelsOf, pixelsOfImage, side } from '../parts.ts';

export interface CodedImages {
  readonly count: number;
  /** Length of the code; 0 of an ensemble, whose members have codes of their own. */
  readonly length: number;
  /** [count][length]. */
  readonly codes: Float32Array;
  /** [count][784], 0 to 1. */
  readonly reconstructions: Float32Array;
  /** Mean over pixels of (x - r)^2, of each image. */
  readonly squaredErrors: Float64Array;
  /** Mean over pixels of -x ln r - (1 - x) ln(1 - r), r being kept within 1e-7 of 0 and 1. */
  readonly crossEntropies: Float64Array;
}

/** -x ln r - (1 - x) ln(1 - r). */
function crossEntropy(x: number, r: number): number {
  const p = Math.min(1 - 1e-7, Math.max(1e-7, r));
  return -x * Math.log(p) - (1 - x) * Math.log1p(-p);
}

export async function codeImages(
  models: Models,
  id: string,
  data: Dataset,
  rows: Uint32Array,
): Promise<CodedImages> {
  const pixels = pixelsOf(data, rows);
  const shape = [rows.length, side, side];
  const output = await models.run(id, { [pixelsInput]: { dtype: 'int32', shape, data: pixels } });
  const reconstructions = output[reconstructionOutput].data as Float32Array;
  const codes = (output[codeOutput]?.data ?? new Float32Array()) as Float32Array;
  const squaredErrors = new Float64Array(rows.length);
  const crossEntropies = new Float64Array(rows.length);
  for (let i = 0; i < pixels.length; i++) {
    const [x, r] = [pixels[i] / 255, reconstructions[i]];
    const image = Math.floor(i / pixelsOfImage);
    squaredErrors[image] += (x - r) ** 2 / pixelsOfImage;
    crossEntropies[image] += crossEntropy(x, r) / pixelsOfImage;
  }
  const length = codes.length / Math.max(1, rows.length);
  return { count: rows.length, length, codes, reconstructions, squaredErrors, crossEntropies };
}
