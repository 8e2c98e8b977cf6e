// Where a W-shaped curve has its middle peak: the vertex of a parabola through the points about the highest of them, away
// from the ends, where a curve of this kind always rises.

export interface CurvePoint {
  readonly trial: number;
  readonly accuracy: number;
}

/** Vertex of the least-squares parabola through the points; undefined when it opens upwards. */
function vertex(points: readonly CurvePoint[]): number | undefined {
  const n = points.length;
  const centre = points.reduce((sum, { trial }) => sum + trial, 0) / n;
  const x = points.map(({ trial }) => trial - centre);
  const moment = (power: number): number => x.reduce((sum, v) => sum + v ** power, 0) / n;
  const [m2, m3, m4] = [2, 3, 4].map(moment);
  const product = (power: number): number =>
    points.reduce((sum, { accuracy }, i) => sum + accuracy * x[i] ** power, 0) / n;
  const [y0, y1, y2] = [0, 1, 2].map(product);
  // y = a + b x + c x^2 with <x> = 0: two equations are left after a = y0 - c m2.
  const determinant = m2 * (m4 - m2 * m2) - m3 * m3;
  const b = (y1 * (m4 - m2 * m2) - m3 * (y2 - y0 * m2)) / determinant;
  const c = (m2 * (y2 - y0 * m2) - m3 * y1) / determinant;
  return c < 0 ? centre - b / (2 * c) : undefined;
}

/**
 * The middle peak.
 *
 * @param curve trials ascending; those in the outer fifths can be no peak
 * @param halfWidth of the parabola's window, J / kB
 * @returns undefined where there is none
 */
export function middlePeak(curve: readonly CurvePoint[], halfWidth: number): number | undefined {
  const margin = Math.floor(curve.length / 5);
  const middle = curve.slice(margin, curve.length - margin);
  // A mean over neighbours, so that one lucky point is no peak.
  const smooth = middle.map((_, i) => {
    const near = middle.slice(Math.max(0, i - 1), i + 2);
    return near.reduce((sum, { accuracy }) => sum + accuracy, 0) / near.length;
  });
  const top = smooth.indexOf(Math.max(...smooth));
  if (top <= 0 || top >= smooth.length - 1) return undefined;
  const near = curve.filter(({ trial }) => Math.abs(trial - middle[top].trial) <= halfWidth);
  const found = near.length < 3 ? undefined : vertex(near);
  return found !== undefined && Math.abs(found - middle[top].trial) <= halfWidth ? found : undefined;
}
