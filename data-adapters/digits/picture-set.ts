// A set of images in folders of pictures: `train/` and `test/`, or one of neither, with a folder for each class, or names or a
// table that tell them. Pictures of 28 x 28 px are taken as they are; as soon as one has another size, each is made as MNIST's were.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { SourceFile } from '../dataset.ts';
import { decodeGrey, type GreyPicture, isPictureName } from '../pictures/grey-picture.ts';
import { greyAsMnist, isDarkOnBright, mnistSide } from './as-mnist.ts';
import { type ImageSet, type LabelledImages, mostClasses } from './labelled-images.ts';
import { pictureClasses } from './picture-labels.ts';

const area = mnistSide * mnistSide;

const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

async function picturesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(async (error) => {
    throw await readError(error, folder);
  });
  const pictures: string[] = [];
  for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) pictures.push(...(await picturesBelow(path)));
    else if (isPictureName(entry.name)) pictures.push(path);
  }
  return pictures;
}

/** Pictures that are decoded at a time: sharp has a few threads of its own. */
const atOnce = 16;

interface Decoded {
  readonly pixels: Uint8Array;
  readonly files: readonly SourceFile[];
  readonly remade: boolean;
  /** Of the pictures of 28 x 28 px, dark on bright. */
  readonly dark: number;
}

async function decode(paths: readonly string[], remake: boolean): Promise<Decoded> {
  const pixels = new Uint8Array(paths.length * area);
  const files: SourceFile[] = [];
  let [remade, dark] = [remake, 0];
  const one = async (path: string, index: number): Promise<void> => {
    const bytes = await readFile(path).catch(async (error) => {
      throw await readError(error, path);
    });
    files[index] = { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    const picture: GreyPicture = await decodeGrey(bytes, path);
    if (picture.width !== mnistSide || picture.height !== mnistSide) remade = true;
    if (isDarkOnBright(picture)) dark++;
    const image = remake ? greyAsMnist(picture, path) : picture.grey.map((value) => Math.round(255 * value));
    if (remake || !remade) pixels.set(image, index * area);
  };
  for (let start = 0; start < paths.length && (remake || !remade); start += atOnce) {
    await Promise.all(paths.slice(start, start + atOnce).map((path, i) => one(path, start + i)));
  }
  return { pixels, files, remade, dark };
}

/** The folders of the two splits, where there are any. */
function splitFolders(folder: string): readonly (readonly ['train' | 'test', string])[] {
  const named = (names: readonly string[]): string | undefined =>
    names.map((name) => join(folder, name)).find((path) => existsSync(path));
  const [train, test] = [named(['train', 'training']), named(['test', 'testing', 't10k'])];
  if (train === undefined && test === undefined) return [['train', folder]];
  return [...(train ? [['train', train] as const] : []), ...(test ? [['test', test] as const] : [])];
}

/** Pictures of one split and, where anything tells them, their classes. */
interface FoundPictures {
  readonly split: 'train' | 'test';
  readonly pictures: readonly string[];
  readonly names: readonly string[] | undefined;
}

/**
 * The pictures below a folder with their classes, by names alone.
 *
 * @throws UserError when there are none, or only some of them have a class
 */
export async function findPictures(
  folder: string,
): Promise<{ found: readonly FoundPictures[]; classes: readonly string[] }> {
  const splits: FoundPictures[] = [];
  for (const [split, path] of splitFolders(folder)) {
    const pictures = await picturesBelow(path);
    const names = pictures.length > 0 ? await pictureClasses(path, pictures) : undefined;
    splits.push({ split, pictures, names });
  }
  const found = splits.filter(({ pictures }) => pictures.length > 0);
  if (found.length === 0) {
    throw new UserError({
      what: 'holds neither IDX files nor pictures',
      where: folder,
      how: 'give train-images-idx3-ubyte.gz and its like, or .png or .jpg files',
    });
  }
  const classes = [...new Set(found.flatMap(({ names = [] }) => names))].sort(byName);
  if (classes.length > mostClasses) {
    throw new UserError({
      what: `holds ${classes.length} classes, expected at most ${mostClasses}`,
      where: folder,
      how: 'put the pictures of a class into one folder',
    });
  }
  return { found, classes };
}

/**
 * Reads the pictures below a folder.
 *
 * @throws UserError when there are none, one cannot be read, or only some of them have a class
 */
export async function readPictureSet(folder: string): Promise<LabelledImages> {
  const { found, classes } = await findPictures(folder);
  const paths = found.flatMap(({ pictures }) => pictures);
  const plain = await decode(paths, false);
  const { pixels, files } = plain.remade ? await decode(paths, true) : plain;
  const invert = !plain.remade && plain.dark > paths.length / 2;
  if (invert) for (let i = 0; i < pixels.length; i++) pixels[i] = 255 - pixels[i];

  const index = new Map(classes.map((name, i) => [name, i]));
  let first = 0;
  const sets: { train?: ImageSet; test?: ImageSet } = {};
  for (const { split, pictures, names } of found) {
    const count = pictures.length;
    const own = { pixels: pixels.subarray(first * area, (first + count) * area), count };
    sets[split] = names ? { ...own, labels: Uint8Array.from(names, (name) => index.get(name)!) } : own;
    first += count;
  }
  const notes = [
    ...(plain.remade
      ? ['pictures were cropped to their ink, scaled into 20 x 20 px and centred by mass, as MNIST was']
      : []),
    ...(invert ? ['pictures were dark on bright: they were inverted'] : []),
    ...(classes.length === 0 ? ['neither folders nor names tell the classes'] : []),
  ];
  return { ...sets, classes, width: mnistSide, height: mnistSide, notes, files };
}
