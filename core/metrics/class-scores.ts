// Figures of probabilities for any number of classes: what they cost (logarithmic score of Good 1952, quadratic of Brier 1950),
// and how well they tell the classes apart.
import { rocArea } from './roc.ts';

/** Rows x classes probabilities, row-major. */
export interface ClassProbabilities {
  readonly probabilities: ArrayLike<number>;
  readonly classes: number;
}

/** Probabilities below are taken for it: one wrong certainty would cost infinitely much. */
const least = 1e-7;

/** Mean of -ln p of the class that came. @param labels number of the class of each row */
export function logLoss({ probabilities, classes }: ClassProbabilities, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    sum -= Math.log(Math.max(least, probabilities[i * classes + labels[i]]));
  }
  return sum / labels.length;
}

/** Mean of sum_k (p_k - y_k)^2, for two classes halved: (p - y)^2, as the score is given for them. */
export function quadraticScore(
  { probabilities, classes }: ClassProbabilities,
  labels: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let k = 0; k < classes; k++) {
      sum += (probabilities[i * classes + k] - Number(labels[i] === k)) ** 2;
    }
  }
  return sum / labels.length / (classes === 2 ? 2 : 1);
}

/** The class of greatest probability of each row; the first of equals. */
export function likeliestClasses({ probabilities, classes }: ClassProbabilities): Uint32Array {
  return Uint32Array.from({ length: probabilities.length / classes }, (_, i) => {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (probabilities[i * classes + k] > probabilities[i * classes + best]) best = k;
    return best;
  });
}

/** Share of rows whose likeliest class came. */
export function accuracy(scores: ClassProbabilities, labels: ArrayLike<number>): number {
  return likeliestClasses(scores).reduce((sum, k, i) => sum + Number(k === labels[i]), 0) / labels.length;
}

/** One class's probabilities. */
export const probabilitiesOf = ({ probabilities, classes }: ClassProbabilities, k: number): Float64Array =>
  Float64Array.from({ length: probabilities.length / classes }, (_, i) => probabilities[i * classes + k]);

/**
 * Area under the ROC curve: of the second of two classes; of more the mean over classes of each against the rest (Provost and
 * Domingos 2003, unweighted). NaN where no class and its rest both have rows.
 */
export function classArea(scores: ClassProbabilities, labels: ArrayLike<number>): number {
  const areas = (scores.classes === 2 ? [1] : Array.from({ length: scores.classes }, (_, k) => k)).flatMap(
    (k) => {
      const own = Uint8Array.from(labels, (label) => Number(label === k));
      const members = own.reduce((sum, y) => sum + y, 0);
      return members === 0 || members === own.length ? [] : [rocArea(probabilitiesOf(scores, k), own)];
    },
  );
  return areas.length === 0 ? Number.NaN : areas.reduce((sum, area) => sum + area, 0) / areas.length;
}
