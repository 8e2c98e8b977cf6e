// Platt's calibration (Platt 1999): a network's output z = logit(p) is replaced by a z + b, with a and b fitted to the
// validation lattices by maximum likelihood. It leaves the order of the lattices and nearly every classification as they
// are, and takes out the over-confidence that differs from network to network and would move the crossing.

/** p -> 1 / (1 + exp(-(slope logit(p) + offset))) */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

/** Outputs are kept this far from 0 and 1, where the logit ends. */
export const CLIP = 1e-6;

const logit = (p: number): number => {
  const clipped = Math.min(1 - CLIP, Math.max(CLIP, p));
  return Math.log(clipped / (1 - clipped));
};

/** Leaves outputs as they are. */
export const identity: Calibration = { slope: 1, offset: 0 };

/**
 * Fits a calibration by Newton's method.
 *
 * @param outputs p in [0, 1] of each lattice
 * @param labels 1 where the lattice is ordered, else 0
 * @returns the identity when the labels are all equal, or separated by the outputs so that no finite fit exists
 */
export function fitCalibration(outputs: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const z = Float64Array.from(outputs, logit);
  let slope = 1;
  let offset = 0;
  for (let iteration = 0; iteration < 50; iteration++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (let i = 0; i < z.length; i++) {
      const p = 1 / (1 + Math.exp(-(slope * z[i] + offset)));
      const weight = p * (1 - p);
      g0 += (labels[i] - p) * z[i];
      g1 += labels[i] - p;
      h00 += weight * z[i] * z[i];
      h01 += weight * z[i];
      h11 += weight;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 1e-9 * z.length)) return identity;
    const da = (h11 * g0 - h01 * g1) / determinant;
    const db = (h00 * g1 - h01 * g0) / determinant;
    slope += da;
    offset += db;
    if (Math.abs(da) + Math.abs(db) < 1e-9) break;
  }
  return Number.isFinite(slope) && Number.isFinite(offset) && slope > 0 ? { slope, offset } : identity;
}
