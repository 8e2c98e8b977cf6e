// The adapter: pictures in a folder for each class become squares of greys. Edit it for your own files.
import { type RandomStream, UserError } from 'deepfield';
import {
  Dataset,
  describeFile,
  findClassFolders,
  type GreyPicture,
  type Provenance,
  readGrey,
  squareOf,
} from 'deepfield/data-adapters';
import type { Config } from './network.ts';

/** Pictures of one size, 0 (black) to 255 (white), picture after picture, with the number of each one's class. */
export interface Pictures {
  readonly pixels: Uint8Array;
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

/** A picture as the networks see it: bytes, [side x side]. */
export const bytesOf = (picture: GreyPicture, side: number): Uint8Array =>
  Uint8Array.from(squareOf(picture, side), (grey) => Math.round(255 * grey));

/** Pictures that are decoded at a time. */
const atOnce = 16;

/** The pictures of a folder that has one for each class. @throws UserError */
export async function readFolder(folder: string, side: number, signal: AbortSignal): Promise<Pictures> {
  const { classes, pictures } = await findClassFolders(folder);
  const pixels = new Uint8Array(pictures.length * side * side);
  for (let start = 0; start < pictures.length; start += atOnce) {
    signal.throwIfAborted();
    const some = await Promise.all(pictures.slice(start, start + atOnce).map(({ path }) => readGrey(path)));
    for (const [i, picture] of some.entries()) pixels.set(bytesOf(picture, side), (start + i) * side * side);
  }
  return { pixels, labels: Int32Array.from(pictures, ({ label }) => label), classes };
}

/** Whether a point belongs to a shape of radius 1 about the origin. */
const shapes: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  circle: (x, y) => x * x + y * y < 1,
  cross: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 1 && Math.min(Math.abs(x), Math.abs(y)) < 0.3,
  ring: (x, y) => x * x + y * y < 1 && x * x + y * y > 0.45,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.85,
};

/** Shapes of random size, place and brightness in noise: what a method can only tell that does not mind where they are. */
export function generate(count: number, side: number, random: RandomStream): Pictures {
  const classes = Object.keys(shapes);
  const pixels = new Uint8Array(count * side * side);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = random.integer(classes.length);
    const inside = shapes[classes[labels[i]]];
    const radius = side * (0.2 + 0.12 * random.uniform());
    const [left, top] = [0, 0].map(() => radius + (side - 2 * radius) * random.uniform());
    const bright = 110 + 70 * random.uniform();
    for (let k = 0; k < side * side; k++) {
      const shape = inside(((k % side) + 0.5 - left) / radius, (Math.floor(k / side) + 0.5 - top) / radius);
      const grey = 60 + (shape ? bright : 0) + 15 * random.normal();
      pixels[i * side * side + k] = Math.min(255, Math.max(0, Math.round(grey)));
    }
  }
  return { pixels, labels, classes };
}

/**
 * The dataset of pictures, divided at random. All belong to the test split where `purpose` is evaluation.
 *
 * @throws UserError when there are too few to learn from
 */
export function toDataset(
  { pixels, labels, classes }: Pictures,
  provenance: Provenance,
  { config, random, purpose }: { config: Config; random: RandomStream; purpose: 'training' | 'evaluation' },
): Dataset {
  if (purpose === 'training' && labels.length < 20) {
    const what = `has ${labels.length} pictures, expected 20 or more`;
    throw new UserError({ what, where: provenance.source, how: 'add some to the folders of their classes' });
  }
  const order = random.split('split').permutation(labels.length);
  const shares = purpose === 'evaluation' ? [1, 0] : [config.test, config.validation];
  const [test, validation] = shares.map((share) => Math.round(share * labels.length));
  return new Dataset(
    { pixels: { data: pixels, shape: [config.side, config.side] }, label: { data: labels, shape: [] } },
    {
      test: order.slice(0, test).sort(),
      validation: order.slice(test, test + validation).sort(),
      train: order.slice(test + validation).sort(),
    },
    { ...provenance, classes },
  );
}

/** Where a folder's pictures came from, for the report. */
export async function provenanceOf(folder: string): Promise<Provenance> {
  const { pictures } = await findClassFolders(folder);
  const files = [];
  for (const { path } of pictures) files.push(await describeFile(path));
  return {
    kind: 'files',
    source: folder,
    files,
    notes: ['pictures were made grey and squeezed into squares'],
  };
}
