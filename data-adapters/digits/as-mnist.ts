// Any picture of a digit as MNIST's images were made: bright ink on black, scaled to fit 20 x 20 px with its aspect kept, which
// makes greys of edges, and put into 28 x 28 px with its centre of mass in the middle (LeCun, Bottou, Bengio, Haffner, Proc. IEEE
// 86, 2278 (1998), III-A). It does not look for the digit: all ink in the picture is one.
import { UserError } from '../../core/errors.ts';
import { decodeGrey, type GreyPicture, readGrey } from '../pictures/grey-picture.ts';
import { type Box, resample } from '../pictures/resample.ts';

/** Side of an image of MNIST, and of the square that its digit fits into, pixels. */
export const mnistSide = 28;
const digitSide = 20;

/** Ink fainter than this share of the darkest does not count for the bounds. */
const faintest = 0.04;

/** Contrast below which a picture is blank: two steps of eight bits. */
const leastContrast = 2.5 / 255;

const quantile = (sorted: Float32Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/** The outermost pixels, in ascending order. */
function borderValues({ grey, width, height }: GreyPicture): Float32Array {
  return grey
    .filter((_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return x === 0 || y === 0 || x === width - 1 || y === height - 1;
    })
    .sort();
}

/** Whether the paper is bright: most of the border is nearer to the brightest pixel than to the darkest. */
export function isDarkOnBright(picture: GreyPicture): boolean {
  let [low, high] = [1, 0];
  for (const value of picture.grey) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return quantile(borderValues(picture), 0.5) > (low + high) / 2;
}

/** Ink from 0 (paper) to 1, the paper's own unevenness taken off. Undefined when there is none. */
function inkOf(picture: GreyPicture): Float32Array | undefined {
  const dark = isDarkOnBright(picture);
  const ink = dark ? picture.grey.map((value) => 1 - value) : picture.grey.slice();
  const border = borderValues(dark ? { ...picture, grey: ink } : picture);
  const paper = quantile(border, 0.5);
  let most = 0;
  for (const value of ink) if (value > most) most = value;
  if (most - paper < leastContrast) return undefined;
  // A border of clean paper says how far its greys stray; a stroke that runs over a part of it does not count.
  const stray = 3 * (quantile(border, 0.8) - paper);
  const floor = stray < 0.5 * (most - paper) ? stray : 0;
  for (let i = 0; i < ink.length; i++) {
    const above = ink[i] - paper;
    ink[i] = above > floor ? above / (most - paper) : 0;
  }
  return ink;
}

/** The smallest rectangle that holds all ink. */
function inkBox(ink: Float32Array, width: number): Box {
  let [left, right, top, bottom] = [width, -1, ink.length, -1];
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] <= faintest) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = y;
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * Distance by which an axis is moved so that its centre of mass comes to pixel 14, counted from 0, within the image: there, to half
 * a pixel, each of MNIST's test digits has it.
 */
function offset(moment: number, mass: number, side: number): number {
  const centred = Math.round(mnistSide / 2 - moment / mass);
  return Math.min(mnistSide - side, Math.max(0, centred));
}

/**
 * The 28 x 28 bytes of a picture of greys.
 *
 * @param where how errors call it
 * @throws UserError when the picture is blank
 */
export function greyAsMnist(picture: GreyPicture, where: string): Uint8Array {
  const ink = inkOf(picture);
  if (ink === undefined) {
    throw new UserError({
      what: 'is blank: all of it has one shade',
      where,
      how: 'give a picture of a digit',
    });
  }
  const box = inkBox(ink, picture.width);
  const scale = digitSide / Math.max(box.width, box.height);
  const [width, height] = [box.width, box.height].map((side) => Math.max(1, Math.round(side * scale)));
  const digit = resample(ink, picture, box, width, height);
  let [mass, across, down, most] = [0, 0, 0, 0];
  for (let i = 0; i < digit.length; i++) {
    mass += digit[i];
    across += digit[i] * (i % width);
    down += digit[i] * Math.floor(i / width);
    most = Math.max(most, digit[i]);
  }
  const [left, top] = [offset(across, mass, width), offset(down, mass, height)];
  const image = new Uint8Array(mnistSide * mnistSide);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      image[(top + y) * mnistSide + left + x] = Math.round((255 * digit[y * width + x]) / most);
    }
  }
  return image;
}

/** The 28 x 28 bytes of a picture file, or of a picture's encoded bytes. @throws UserError when it is none, or blank */
export async function asMnist(picture: string | Uint8Array, where = 'the picture'): Promise<Uint8Array> {
  return typeof picture === 'string'
    ? greyAsMnist(await readGrey(picture), picture)
    : greyAsMnist(await decodeGrey(picture, where), where);
}
