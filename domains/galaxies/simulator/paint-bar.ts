// Bars: old stars in an ellipse of even brightness with soft ends, exp(-rho^4), turned within the plane of the disc.
import { type Ellipse, type Light, type Painting, span } from './canvas-bands.ts';

export interface Bar extends Ellipse {
  /** Half of its length, pixels in the plane of the disc. */
  readonly length: number;
  /** Width over length. */
  readonly slenderness: number;
  /** Azimuth in the plane of the disc, radians from the line of nodes. */
  readonly azimuth: number;
  readonly light: Light;
}

/** Adds the bar. Its flux: the integral of exp(-rho^4) over the plane is pi^1.5 / 2 times the product of the half axes. */
export function paintBar({ size, planes }: Painting, bar: Bar): void {
  const { x: left, y: top, axisRatio, angle, length, slenderness, azimuth, light } = bar;
  const peak = 2 / (Math.PI ** 1.5 * length * length * slenderness * axisRatio);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [barCos, barSin] = [Math.cos(azimuth) / length, Math.sin(azimuth) / length];
  const [firstRow, lastRow] = span(top, 1.8 * length, size);
  const [firstColumn, lastColumn] = span(left, 1.8 * length, size);
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const dx = column - left;
      const dy = row - top;
      const u = dx * cos + dy * sin;
      const v = (dy * cos - dx * sin) / axisRatio;
      const along = u * barCos + v * barSin;
      const across = (v * barCos - u * barSin) / slenderness;
      const squared = along * along + across * across;
      if (squared > 3.2) continue;
      const value = peak * Math.exp(-squared * squared);
      const pixel = row * size + column;
      planes[0][pixel] += light[0] * value;
      planes[1][pixel] += light[1] * value;
      planes[2][pixel] += light[2] * value;
    }
  }
}
