// The run's images: one dataset of pixels and labels. What reads or draws them hands over a training set, a test set or both.
import { UserError } from '../../core/errors.ts';
import type { RandomStream } from '../../core/random.ts';
import { Dataset, type Parts, type Provenance, type SplitName } from '../../data-adapters/dataset.ts';

/** Side of an image, pixels, and numbers in one. */
export const side = 28;
export const pixelsOfImage = side * side;

export interface LabelledPixels {
  /** 0 ... 255, image after image. */
  readonly pixels: Uint8Array;
  /** Class of each. */
  readonly labels: Uint8Array;
}

const range = (start: number, end: number): Uint32Array =>
  Uint32Array.from({ length: end - start }, (_, i) => start + i);

function joined(sets: readonly (LabelledPixels | undefined)[]): LabelledPixels {
  const present = sets.filter((set) => set !== undefined);
  const total = present.reduce((sum, { labels }) => sum + labels.length, 0);
  const all = { pixels: new Uint8Array(total * pixelsOfImage), labels: new Uint8Array(total) };
  let at = 0;
  for (const { pixels, labels } of present) {
    all.pixels.set(pixels, at * pixelsOfImage);
    all.labels.set(labels, at);
    at += labels.length;
  }
  return all;
}

export interface ImageParts {
  readonly train?: LabelledPixels;
  readonly test?: LabelledPixels;
  readonly provenance: Provenance;
}

const dataset = (
  { pixels, labels }: LabelledPixels,
  splits: Readonly<Record<SplitName, Uint32Array>>,
  provenance: Provenance,
): Parts => ({
  main: new Dataset(
    { pixels: { data: pixels, shape: [side, side] }, label: { data: labels, shape: [] } },
    splits,
    provenance,
  ),
});

/**
 * Images for training: a share of the training set validates, drawn at random; without a test set another such share is one.
 *
 * @throws UserError when there is no training set, or too small a one
 */
export function trainingParts(
  { train, test, provenance }: ImageParts,
  validation: number,
  random: RandomStream,
): Parts {
  if (train === undefined || train.labels.length < 20)
    throw new UserError({
      what: `has ${train?.labels.length ?? 0} images to learn from`,
      where: provenance.source,
      how: 'give a set with twenty training images at least; a test set alone is for `deepfield evaluate`',
    });
  const all = joined([train, test]);
  const learnt = train.labels.length;
  const order = random.permutation(learnt);
  const held = Math.max(1, Math.round(validation * learnt));
  const asTest = test === undefined ? Math.max(held, Math.round(learnt / 7)) : 0;
  const splits = {
    validation: order.slice(0, held).sort(),
    test: test === undefined ? order.slice(held, held + asTest).sort() : range(learnt, all.labels.length),
    train: order.slice(held + asTest).sort(),
  };
  return dataset(all, splits, provenance);
}

/** Images to measure on: the test set, or all there are where none is called so. */
export function evaluationParts({ train, test, provenance }: ImageParts): Parts {
  const all = joined([test ?? train]);
  const none = new Uint32Array();
  return dataset(all, { train: none, validation: none, test: range(0, all.labels.length) }, provenance);
}

/** The rows' pixels, copied, as integers for a model file. */
export function pixelsOf(data: Dataset, rows: ArrayLike<number>): Int32Array {
  const pixels = data.column('pixels').data;
  const taken = new Int32Array(rows.length * pixelsOfImage);
  for (let i = 0; i < rows.length; i++)
    taken.set(
      pixels.subarray(rows[i] * pixelsOfImage, (rows[i] + 1) * pixelsOfImage) as never,
      i * pixelsOfImage,
    );
  return taken;
}

/** The rows' classes. */
export const labelsOf = (data: Dataset, rows: Uint32Array): Uint8Array => {
  const labels = data.column('label').data;
  return Uint8Array.from(rows, (row) => labels[row]);
};

/** Classes there are: ten of digits, more where a label says so. */
export const classesOf = (data: Dataset): number =>
  (data.column('label').data as Uint8Array).reduce((most, label) => Math.max(most, label + 1), 10);
