// Small round lights: star-forming knots, and stars before the seeing spreads them. A Gaussian at its pixels' centres,
// normalised on the pixels themselves, so that no flux is lost to coarse pixels.
import { type Light, type Painting, span } from './canvas-bands.ts';

export interface Spot {
  /** Pixels from the middle of the first pixel. */
  readonly x: number;
  readonly y: number;
  /** Standard deviation, pixels; 0.45 at least is painted, so that places between pixels are kept. */
  readonly sigma: number;
  readonly light: Light;
}

/** Adds a spot; only what falls on the painting. */
export function paintSpot({ size, planes }: Painting, { x, y, sigma, light }: Spot): void {
  const width = Math.max(0.45, sigma);
  const reach = 3.5 * width + 1;
  const [firstColumn, lastColumn] = [Math.ceil(x - reach), Math.floor(x + reach)];
  const [firstRow, lastRow] = [Math.ceil(y - reach), Math.floor(y + reach)];
  if (lastColumn < 0 || lastRow < 0 || firstColumn >= size || firstRow >= size) return;
  const line = (first: number, last: number, centre: number): number[] => {
    const values: number[] = [];
    for (let i = first; i <= last; i++) values.push(Math.exp(-((i - centre) ** 2) / (2 * width * width)));
    const sum = values.reduce((total, value) => total + value, 0);
    return values.map((value) => value / sum);
  };
  const columns = line(firstColumn, lastColumn, x);
  const rows = line(firstRow, lastRow, y);
  const [top, bottom] = span(y, reach, size);
  const [start, end] = span(x, reach, size);
  for (let row = top; row <= bottom; row++) {
    for (let column = start; column <= end; column++) {
      const value = rows[row - firstRow] * columns[column - firstColumn];
      const pixel = row * size + column;
      planes[0][pixel] += light[0] * value;
      planes[1][pixel] += light[1] * value;
      planes[2][pixel] += light[2] * value;
    }
  }
}
