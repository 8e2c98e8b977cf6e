// Somebody's images: files of the MNIST kind, or a folder of pictures.
import { UserError } from '../../core/errors.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { type ImageSet, openDigits } from '../../data-adapters/digits/open-digits.ts';
import type { OpenContext } from '../domain.ts';
import type { DigitsConfig } from './config.ts';
import { evaluationParts, type LabelledPixels, side, trainingParts } from './parts.ts';

function labelled(set: ImageSet | undefined, source: string): LabelledPixels | undefined {
  if (set === undefined) return undefined;
  if (set.labels !== undefined) return { pixels: set.pixels, labels: set.labels };
  throw new UserError({
    what: `has ${set.count} images without labels`,
    where: source,
    how: 'put the file of labels beside that of images, or pictures of one class into a folder; without labels use `deepfield predict`',
  });
}

export async function open(source: string, context: OpenContext<DigitsConfig>): Promise<Parts> {
  const { config, purpose, random } = context;
  const { train, test, classes, width, height, notes, files } = await openDigits(source);
  if (width !== side || height !== side)
    throw new UserError({
      what: `images of ${width} x ${height} px, expected ${side} x ${side}`,
      where: source,
      how: 'give pictures as files: those are brought to the size',
    });
  const provenance = {
    kind: 'files',
    source,
    files,
    ...(classes.length > 0 && { classes }),
    notes,
  } as const;
  const parts = { train: labelled(train, source), test: labelled(test, source), provenance };
  return purpose === 'evaluation'
    ? evaluationParts(parts)
    : trainingParts(parts, config.validation, random.split('validation'));
}
