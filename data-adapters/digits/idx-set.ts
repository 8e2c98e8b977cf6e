// A set of images in the four files of MNIST (train-images-idx3-ubyte, train-labels-idx1-ubyte and the same of t10k), or in those
// of them that there are, under any common beginning of their names (`emnist-letters-`).
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { SourceFile } from '../dataset.ts';
import { type IdxArray, readIdx } from '../formats/idx.ts';
import { type Naming, namingOf } from './class-names.ts';
import type { ImageSet, LabelledImages } from './labelled-images.ts';

const imagesName = /^(.*?)(train|t10k|test)[-_.]images?(.*)$/i;

/** An images file of a folder. */
export interface ImagesFile {
  readonly path: string;
  /** What its name has before `train` or `t10k`. */
  readonly prefix: string;
  readonly split: 'train' | 'test';
}

/** Whether a name may be that of an IDX file. */
export const isIdxName = (name: string): boolean => /(idx\d?|ubyte)(\.gz)?$/i.test(name);

/** The images files among the names of a folder that begin in a given way. */
export function imagesFiles(folder: string, names: readonly string[], beginning = ''): ImagesFile[] {
  return names.flatMap((name) => {
    const match = imagesName.exec(name);
    if (match === null || !name.startsWith(beginning) || !isIdxName(name)) return [];
    const split = match[2].toLowerCase() === 'train' ? 'train' : 'test';
    return [{ path: join(folder, name), prefix: match[1], split }];
  });
}

/** The labels file beside an images file: `images` turned to `labels`, with or without `.gz`. */
async function labelsBeside(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  const plain = (name: string): string =>
    name
      .toLowerCase()
      .replace(/\.gz$/, '')
      .replace(/idx\d.*/, 'idx');
  const wanted = plain(basename(path)).replace(/images?(?!.*images?)/, 'labels');
  if (wanted === plain(basename(path))) return undefined;
  const names = await readdir(folder).catch(async (error) => {
    throw await readError(error, folder);
  });
  const found = names.find(
    (name) => plain(name) === wanted || plain(name) === wanted.replace('labels', 'label'),
  );
  return found === undefined ? undefined : join(folder, found);
}

function checkImages({ shape, data }: IdxArray, where: string): void {
  if (shape.length !== 3 || shape[1] === 0 || shape[2] === 0) {
    throw new UserError({
      what: `has the axes ${shape.join(' x ')}, expected images x rows x columns`,
      where,
      how: 'give a file of images',
    });
  }
  if (!(data instanceof Uint8Array)) {
    throw new UserError({
      what: `holds ${data.constructor.name.replace('Array', '').toLowerCase()} numbers, expected bytes from 0 to 255`,
      where,
      how: 'write its pixels as unsigned bytes (type 0x08)',
    });
  }
  if (shape[0] === 0) throw new UserError({ what: 'holds no images', where, how: 'give one with images' });
}

/** Labels as indices of classes. Of labels with several columns (QMNIST) the first is the class. */
function classIndices({ shape, data }: IdxArray, count: number, naming: Naming, where: string): Uint8Array {
  if (shape.length > 2 || shape.length === 0) {
    throw new UserError({
      what: `has ${shape.length} axes, expected labels`,
      where,
      how: 'give its labels file',
    });
  }
  if (shape[0] !== count) {
    throw new UserError({
      what: `holds ${shape[0]} labels, expected ${count}, one an image`,
      where,
      how: 'give the labels file that belongs to the images',
    });
  }
  const stride = data.length / count;
  const labels = stride === 1 && data instanceof Uint8Array ? data : new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const label = data[i * stride] - naming.first;
    if (!Number.isInteger(label) || label < 0 || label >= naming.classes.length) {
      const range = `${naming.first} to ${naming.first + naming.classes.length - 1}`;
      throw new UserError({
        what: `label ${i} is ${data[i * stride]}, expected ${range}`,
        where,
        how: 'name the folder after its set where it is none of digits: emnist-letters, fashion-mnist',
      });
    }
    labels[i] = label;
  }
  return labels;
}

/** Turns rows to columns in every image, in place but for one image. */
function transposeImages(pixels: Uint8Array, side: number): void {
  const image = new Uint8Array(side * side);
  for (let start = 0; start < pixels.length; start += image.length) {
    image.set(pixels.subarray(start, start + image.length));
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) pixels[start + y * side + x] = image[x * side + y];
    }
  }
}

interface ReadSet extends ImageSet {
  readonly width: number;
  readonly height: number;
  readonly files: readonly SourceFile[];
}

async function readSet(path: string, naming: Naming): Promise<ReadSet> {
  const labelsPath = await labelsBeside(path);
  const [images, given] = await Promise.all([readIdx(path), labelsPath ? readIdx(labelsPath) : undefined]);
  checkImages(images, path);
  const [count, height, width] = images.shape;
  const pixels = images.data as Uint8Array;
  const labels = given && classIndices(given, count, naming, labelsPath!);
  if (naming.transposed && width === height) transposeImages(pixels, width);
  return { pixels, labels, count, width, height, files: given ? [images.file, given.file] : [images.file] };
}

/**
 * Reads images files of one set, at most one of each split, with the labels beside them.
 *
 * @throws UserError when a file is damaged, labels do not belong to the images, or the sizes of the two splits differ
 */
export async function readIdxSet(found: readonly ImagesFile[]): Promise<LabelledImages> {
  const { path, prefix } = found[0];
  const naming = namingOf(prefix === '' ? basename(path) : prefix, basename(dirname(path)));
  const sets = await Promise.all(found.map((file) => readSet(file.path, naming)));
  const [{ width, height }] = sets;
  const odd = sets.findIndex((set) => set.width !== width || set.height !== height);
  if (odd >= 0) {
    throw new UserError({
      what: `has images of ${sets[odd].width} x ${sets[odd].height} px, those of ${basename(path)} have ${width} x ${height}`,
      where: found[odd].path,
      how: 'give one set',
    });
  }
  const set = (split: string): ImageSet | undefined => {
    const at = found.findIndex((file) => file.split === split);
    if (at < 0) return undefined;
    const { pixels, labels, count } = sets[at];
    return labels ? { pixels, labels, count } : { pixels, count };
  };
  const notes = [
    ...(naming.transposed
      ? ['images of EMNIST are stored column by column: rows and columns were exchanged']
      : []),
    ...(naming.first > 0 ? [`labels count from ${naming.first}: ${naming.first} was taken off`] : []),
    ...sets.flatMap(({ labels }, i) =>
      labels ? [] : [`${basename(found[i].path)} has no labels file beside it`],
    ),
  ];
  const [train, test] = [set('train'), set('test')];
  return {
    ...(train && { train }),
    ...(test && { test }),
    classes: naming.classes,
    width,
    height,
    notes,
    files: sets.flatMap(({ files }) => files),
  };
}
