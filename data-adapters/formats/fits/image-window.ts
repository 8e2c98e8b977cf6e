// Which part of an image is read: all, one plane of a cube, a rectangle of each plane. As runs of pixels that stand one
// after another in the file, for plain images; as a box, for tiled ones.
import { UserError } from '../../../core/errors.ts';

/** A rectangle of pixels; (0, 0) is the first pixel of a plane, the lower left one as astronomers draw it. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ImagePart {
  /** Of a cube: one plane, by its indices before the last two axes, in C order. Default: all planes. */
  readonly plane?: number | readonly number[];
  /** Default: whole planes. */
  readonly window?: Rectangle;
}

/** A part of an image of `planes` x `rows` x `columns` pixels. */
export interface Region {
  readonly columns: number;
  readonly rows: number;
  /** First plane and number of planes. */
  readonly plane: number;
  readonly planes: number;
  readonly window: Rectangle;
  /** Shape of what is read, in C order. */
  readonly shape: readonly number[];
  readonly length: number;
}

const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);

function planeIndex(plane: number | readonly number[], axes: readonly number[], where: string): number {
  const indices = typeof plane === 'number' ? [plane] : plane;
  // One number counts the planes of all leading axes.
  const sizes = indices.length === 1 ? [product(axes)] : axes;
  const inside =
    indices.length === sizes.length && indices.every((n, d) => Number.isInteger(n) && n >= 0 && n < sizes[d]);
  if (!inside) {
    throw new UserError({
      where,
      what: `has no plane [${indices.join(', ')}]`,
      how: `its axes before the last two are [${axes.join(', ')}]; count from 0`,
    });
  }
  return indices.reduce((at, n, d) => at * sizes[d] + n, 0);
}

/** @param shape of the whole image, in C order; one axis counts as one row. @throws UserError when the part is not in it */
export function regionOf(shape: readonly number[], { plane, window }: ImagePart, where: string): Region {
  const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape.slice(-2);
  const axes = shape.slice(0, -2);
  const { x, y, width, height } = window ?? { x: 0, y: 0, width: columns, height: rows };
  const whole = [x, y, width, height].every((n) => Number.isInteger(n) && n >= 0);
  if (!whole || x + width > columns || y + height > rows) {
    throw new UserError({
      where,
      what: `the window x=${x}, y=${y}, ${width} x ${height} is not within its ${columns} x ${rows} pixels`,
      how: 'count from 0, whole pixels',
    });
  }
  const part = shape.length === 1 ? [width] : [height, width];
  return {
    columns,
    rows,
    plane: plane === undefined ? 0 : planeIndex(plane, axes, where),
    planes: plane === undefined ? product(axes) : 1,
    window: { x, y, width, height },
    shape: plane === undefined ? [...axes, ...part] : part,
    length: width * height * (plane === undefined ? product(axes) : 1),
  };
}

/** Runs of pixels of the region: where they begin in the image, and how many. As few as there can be. */
export function* runsOf({
  columns,
  rows,
  plane,
  planes,
  window,
  length,
}: Region): Generator<[number, number]> {
  const { x, y, width, height } = window;
  if (length === 0) return;
  const size = columns * rows;
  if (width === columns && height === rows) {
    yield [plane * size, length];
    return;
  }
  for (let p = plane; p < plane + planes; p++) {
    const first = p * size + y * columns + x;
    if (width === columns) yield [first, width * height];
    else for (let row = 0; row < height; row++) yield [first + row * columns, width];
  }
}
