// Networks as files that are served: records in, the calibrated log odds of being a case out, with their standard error.
import {
  abs,
  add,
  cast,
  expandDims,
  gather,
  greater,
  mul,
  sqrt,
  squeeze,
  sum,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exportModel } from '../../../core/engine/export.ts';
import type { Recalibration } from '../../../core/metrics/recalibration.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { fromCounts } from './count-network.ts';

/** Score as the network gives it, [rows, 1]. */
export const scoreOutput = 'score';
/** Log odds of being a case among the cases and controls of the study, calibrated on validation patients, [rows, 1]. */
export const logitOutput = 'logit';
/** Standard error of the calibration there, [rows, 1]. */
export const errorOutput = 'error';
/** What each code adds to the log odds, [rows, T, codes in a step]; of networks that tell. */
export const contributionOutput = 'contributions';

/** Scores are their own log odds: before anything is calibrated. */
export const uncalibrated: Recalibration = {
  intercept: 0,
  slope: 1,
  covariance: [
    [0, 0],
    [0, 0],
  ],
};

function calibrated(score: Tensor, { intercept, slope, covariance }: Recalibration): Record<string, Tensor> {
  const [[aa, ab], [, bb]] = covariance;
  const variance = add(aa, mul(score, add(2 * ab, mul(score, bb))));
  return {
    [scoreOutput]: mul(score, 1),
    [logitOutput]: add(mul(score, slope), intercept),
    // Rounding may leave it a little below zero.
    [errorOutput]: sqrt(abs(variance)),
  };
}

const about = {
  codes: 'numbers of codes by step, 0 where there is none, [rows, T, codes in a step]',
  days: 'days from each step to the end of the window, [rows, T]',
  counts: 'how often a record has each code, [rows, codes]',
  [scoreOutput]: 'higher for cases, [rows, 1]',
  [logitOutput]: 'calibrated log odds of being a case of the study, [rows, 1]',
  [errorOutput]: 'standard error of the calibration, [rows, 1]',
} as const;

export interface ExportOptions {
  readonly id: string;
  readonly calibration: Recalibration;
  /** Kept in the file: the vocabulary and what else whoever serves it needs. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export const exportCountNetwork = (
  model: LayersModel,
  codes: number,
  { id, calibration, metadata }: ExportOptions,
): Uint8Array =>
  exportModel(
    ({ counts }) => calibrated(model.apply(fromCounts(counts)) as Tensor, calibration),
    { counts: { shape: [codes] } },
    { name: id, metadata: { ...about, ...metadata } },
  );

/** What each code adds to the score of RETAIN: w . (a_t b_t E[c_tk]). */
function contributions(model: LayersModel, codes: Tensor, attention: Tensor): Tensor {
  const { 'codes_in/vectors': vectors, 'output/kernel': output } = namedWeights(model);
  const weighed = mul(attention, squeeze(output, [1]));
  const each = sum(mul(gather(vectors as never, codes as never), expandDims(weighed, 2)), -1);
  return mul(each, cast(greater(codes, 0), 'float32'));
}

export function exportSequenceNetwork(
  model: LayersModel,
  steps: { readonly length: number; readonly codesPerStep: number },
  { id, calibration, metadata }: ExportOptions,
): Uint8Array {
  const { length, codesPerStep } = steps;
  return exportModel(
    ({ codes, days }) => {
      const answers = model.apply([codes, days]) as Tensor | Tensor[];
      const [score, attention] = Array.isArray(answers) ? answers : [answers];
      return {
        ...calibrated(score, calibration),
        ...(attention === undefined
          ? {}
          : { [contributionOutput]: mul(contributions(model, codes, attention), calibration.slope) }),
      };
    },
    { codes: { shape: [length, codesPerStep], dtype: 'int32' }, days: { shape: [length] } },
    { name: id, metadata: { ...about, ...metadata } },
  );
}
