// Which tiles a part of an image meets, and where their pixels go.
import type { Region } from '../image-window.ts';
import type { Pixels } from '../pixel-types.ts';
import type { Tiling } from './tiling.ts';

/** A tile: its row in the table, its first pixel and its size along each axis, in C order. */
export interface TilePlace {
  readonly index: number;
  readonly origin: readonly number[];
  /** Smaller than ZTILEn at the edges. */
  readonly size: readonly number[];
}

/** Indices along each axis of a place counted in C order. */
function unravel(index: number, shape: readonly number[]): number[] {
  const indices = new Array<number>(shape.length);
  let rest = index;
  for (let d = shape.length - 1; d >= 0; d--) {
    indices[d] = rest % shape[d];
    rest = Math.floor(rest / shape[d]);
  }
  return indices;
}

/** First pixel and pixels of the region along each axis. */
function boxOf(
  shape: readonly number[],
  { plane, planes, window }: Region,
): [first: number, count: number][] {
  const { x, y, width, height } = window;
  if (shape.length === 1) return [[x, width]];
  const leading = shape.slice(0, -2);
  // Either one plane or all of them.
  const all = planes === leading.reduce((a, b) => a * b, 1);
  const at = unravel(plane, leading);
  return [
    ...leading.map((size, d): [number, number] => (all ? [0, size] : [at[d], 1])),
    [y, height],
    [x, width],
  ];
}

/** The tiles that the region meets, in the order of the table. */
export function* tilesOf({ shape, tile, tiles }: Tiling, region: Region): Generator<TilePlace> {
  if (region.length === 0) return;
  const box = boxOf(shape, region);
  const first = box.map(([start], d) => Math.floor(start / tile[d]));
  const counts = box.map(([start, count], d) => Math.floor((start + count - 1) / tile[d]) - first[d] + 1);
  const total = counts.reduce((a, b) => a * b, 1);
  for (let i = 0; i < total; i++) {
    const at = unravel(i, counts).map((n, d) => n + first[d]);
    const origin = at.map((n, d) => n * tile[d]);
    yield {
      index: at.reduce((index, n, d) => index * tiles[d] + n, 0),
      origin,
      size: origin.map((start, d) => Math.min(tile[d], shape[d] - start)),
    };
  }
}

/** Hands each run of the tile's pixels that lies in the region to `put`, with its place in the region. */
export function copyTile(
  pixels: Pixels,
  { origin, size }: TilePlace,
  shape: readonly number[],
  { plane, planes, window }: Region,
  put: (from: Pixels, at: number) => void,
): void {
  const flat = shape.length === 1;
  const [x0, y0] = [origin.at(-1)!, flat ? 0 : origin.at(-2)!];
  const [width, height] = [size.at(-1)!, flat ? 1 : size.at(-2)!];
  const left = Math.max(x0, window.x);
  const right = Math.min(x0 + width, window.x + window.width);
  const bottom = Math.max(y0, window.y);
  const top = Math.min(y0 + height, window.y + window.height);
  const leading = size.slice(0, -2);
  const depth = leading.reduce((a, b) => a * b, 1);
  for (let k = 0; k < depth; k++) {
    const p = unravel(k, leading).reduce((at, n, d) => at * shape[d] + n + origin[d], 0) - plane;
    if (p < 0 || p >= planes) continue;
    for (let y = bottom; y < top; y++) {
      const from = (k * height + y - y0) * width + left - x0;
      put(
        pixels.subarray(from, from + right - left) as Pixels,
        (p * window.height + y - window.y) * window.width + left - window.x,
      );
    }
  }
}
