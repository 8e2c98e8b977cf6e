// The temperature at which a network's mean output crosses one half. Not the nearest pair of points, which throws away
// the others: the logit of the mean output, a smooth function of temperature near the transition, is fitted by a
// parabola (a line when there are few points) over the temperatures at which it is of order one.

/** Mean output at one temperature, with how many lattices it is the mean of. */
export interface MeanOutput {
  readonly temperature: number;
  readonly ordered: number;
  readonly lattices: number;
}

/** Logits within this take part: outputs between 0.18 and 0.82. */
const window = 1.5;

interface Point {
  readonly t: number;
  readonly z: number;
  readonly weight: number;
}

/** The points near the crossing, or the nearest on either side where the temperatures are too far apart. */
function pointsNear(outputs: readonly MeanOutput[]): Point[] {
  const points = outputs.map(({ temperature, ordered, lattices }) => {
    const p = Math.min(1 - 1e-4, Math.max(1e-4, ordered));
    // The variance of a logit is var(p) / (p (1 - p))^2, and var(p) is about p (1 - p) / lattices.
    return { t: temperature, z: Math.log(p / (1 - p)), weight: lattices * p * (1 - p) };
  });
  const near = points.filter(({ z }) => Math.abs(z) < window);
  if (near.length >= 3) return near;
  const after = points.findIndex(({ z }) => z < 0);
  return after <= 0 ? [] : points.slice(Math.max(0, after - 2), after + 2);
}

/** Weighted least squares for z = c0 + c1 t + c2 t^2 (`degree` 1 or 2) by the normal equations, t centred. */
function polynomial(points: readonly Point[], centre: number, degree: 1 | 2): number[] | undefined {
  const n = degree + 1;
  const rows = Array.from({ length: n }, () => new Float64Array(n + 1));
  for (const { t, z, weight } of points) {
    const powers = [1, t - centre, (t - centre) ** 2];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) rows[i][j] += weight * powers[i] * powers[j];
      rows[i][n] += weight * powers[i] * z;
    }
  }
  for (let i = 0; i < n; i++) {
    const pivot = rows[i][i];
    if (!(Math.abs(pivot) > 1e-12)) return undefined;
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = rows[k][i] / pivot;
      for (let j = i; j <= n; j++) rows[k][j] -= factor * rows[i][j];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/** Where the mean output crosses one half, and how fast. */
export interface Crossing {
  /** T*, J / kB */
  readonly temperature: number;
  /** d(output)/dT at T*, below 0: a quarter of the slope of the logit. */
  readonly slope: number;
}

/**
 * The crossing and its slope.
 *
 * @param outputs temperatures ascending
 * @returns undefined when the output does not cross one half within the temperatures given
 */
export function crossing(outputs: readonly MeanOutput[]): Crossing | undefined {
  const points = pointsNear(outputs);
  if (points.length < 2) return undefined;
  const centre = points.reduce((sum, { t }) => sum + t, 0) / points.length;
  const from = points[0].t;
  const to = points[points.length - 1].t;
  const margin = (to - from) / 2;
  const accept = (t: number): boolean => t >= from - margin && t <= to + margin;
  if (points.length >= 5) {
    const [c0, c1, c2] = polynomial(points, centre, 2) ?? [];
    const discriminant = c1 * c1 - 4 * c0 * c2;
    // The root on the falling branch, in the form that stays exact when the curvature vanishes.
    const root = centre + (2 * c0) / (-c1 + Math.sqrt(discriminant));
    if (c1 < 0 && discriminant > 0 && accept(root)) {
      return { temperature: root, slope: -Math.sqrt(discriminant) / 4 };
    }
  }
  const [c0, c1] = polynomial(points, centre, 1) ?? [];
  const root = centre - c0 / c1;
  return c1 < 0 && accept(root) ? { temperature: root, slope: c1 / 4 } : undefined;
}
