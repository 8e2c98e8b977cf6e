// Cross-validation by configuration: the data are dealt into parts of equal size, the same ones whichever is asked about, and one of
// them is the test set. What is dealt is the adapter's to know: rows, groups of rows, events by their values; each unit has one place
// in [0, 1), and the parts are equal stretches of places.

export interface Folds {
  /** Parts; 0 where the data are divided by shares alone. */
  readonly folds: number;
  /** Which part is the test set, from 0. */
  readonly fold: number;
}

export const noFolds: Folds = { folds: 0, fold: 0 };

/**
 * The place of a unit among those outside the test part, in [0, 1); undefined inside it.
 *
 * @param place in [0, 1) among all
 */
export function placeOutside(place: number, { folds, fold }: Folds): number | undefined {
  if (Math.floor(place * folds) === fold) return undefined;
  const before = place < fold / folds ? place : place - 1 / folds;
  return (before * folds) / (folds - 1);
}

/** The split of a unit at a place: of the part itself test, of the others train and validation in the proportion of their shares. */
export function splitAt(
  place: number,
  { training, validation }: { readonly training: number; readonly validation: number },
  folds: Folds = noFolds,
): 'train' | 'validation' | 'test' {
  if (folds.folds === 0) {
    return place < training ? 'train' : place < training + validation ? 'validation' : 'test';
  }
  const outside = placeOutside(place, folds);
  if (outside === undefined) return 'test';
  return outside * (training + validation) < training ? 'train' : 'validation';
}
