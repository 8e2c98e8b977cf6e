// Bulges, elliptical galaxies and whatever else has a Sersic profile on ellipses: painted pixel by pixel, finer near the centre,
// where a profile may be a cusp.
import { type Ellipse, type Light, type Painting, span } from './canvas-bands.ts';
import { sersicB, sersicCentre } from './sersic.ts';

export interface Spheroid extends Ellipse {
  /** Sersic's index, 0.5 to 8. */
  readonly index: number;
  /** Semi-major axis of the ellipse with half of the light, pixels. */
  readonly radius: number;
  readonly light: Light;
}

/** Adds the spheroid out to `reach` half-light radii (12 by default, beyond which a de Vaucouleurs profile has 5% of its light). */
export function paintSpheroid({ size, planes }: Painting, spheroid: Spheroid, reach = 12): void {
  const { x: left, y: top, axisRatio, angle, index, radius, light } = spheroid;
  const b = sersicB(index);
  const power = 0.5 / index;
  const centre = sersicCentre(index) / (radius * radius * axisRatio);
  const [cos, sin] = [Math.cos(angle) / radius, Math.sin(angle) / radius];
  const at = (dx: number, dy: number): number => {
    const along = dx * cos + dy * sin;
    const across = (dy * cos - dx * sin) / axisRatio;
    return centre * Math.exp(-b * (along * along + across * across) ** power);
  };
  /** Mean over a square; only the part of it with the centre is divided again. */
  const mean = (dx: number, dy: number, side: number, level: number): number => {
    let sum = 0;
    const part = side / 5;
    for (let j = -2; j <= 2; j++) {
      for (let i = -2; i <= 2; i++) {
        const [px, py] = [dx + i * part, dy + j * part];
        const inside = Math.max(Math.abs(px), Math.abs(py)) < part;
        sum += inside && level > 0 ? mean(px, py, part, level - 1) : at(px, py);
      }
    }
    return sum / 25;
  };
  const within = reach * radius;
  const [firstRow, lastRow] = span(top, within, size);
  const [firstColumn, lastColumn] = span(left, within, size);
  // Pixels are divided where the profile bends within one: along the minor axis first.
  const bent = (index > 1.5 ? 3.5 : Math.min(4, 1.5 + 2 / radius)) / (axisRatio * radius);
  for (let row = firstRow; row <= lastRow; row++) {
    const dy = row - top;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const dx = column - left;
      const along = dx * cos + dy * sin;
      const across = (dy * cos - dx * sin) / axisRatio;
      const squared = along * along + across * across;
      if (squared > reach * reach) continue;
      const value = squared < bent * bent ? mean(dx, dy, 1, 3) : centre * Math.exp(-b * squared ** power);
      const pixel = row * size + column;
      planes[0][pixel] += light[0] * value;
      planes[1][pixel] += light[1] * value;
      planes[2][pixel] += light[2] * value;
    }
  }
}
