// The shape of a galaxy by adaptive moments (Bernstein and Jarvis 2002, AJ 123, 583, section 3; the survey's own measure):
// second moments under an elliptical Gaussian weight that is made to fit the galaxy, so that noise far out does not count.

export interface Shape {
  /** Centre, pixels. */
  readonly x: number;
  readonly y: number;
  /** (Mxx - Myy) / (Mxx + Myy) and 2 Mxy / (Mxx + Myy): (a^2 - b^2) / (a^2 + b^2) in length for an ellipse. */
  readonly e1: number;
  readonly e2: number;
  /** det(M)^(1/4), pixels: the standard deviation of a round Gaussian. */
  readonly sigma: number;
}

const iterations = 200;
const tolerance = 1e-6;

/**
 * The shape of what is at (x, y), or undefined when no weight fits: too faint, or nothing there.
 *
 * @param sigma where the search begins, pixels
 */
export function adaptiveMoments(
  pixels: ArrayLike<number>,
  width: number,
  height: number,
  [startX, startY]: readonly [number, number] = [Math.floor(width / 2), Math.floor(height / 2)],
  startSigma = 3,
): Shape | undefined {
  let [x, y] = [startX, startY];
  let [xx, xy, yy] = [startSigma ** 2, 0, startSigma ** 2];
  for (let iteration = 0; iteration < iterations; iteration++) {
    const determinant = xx * yy - xy * xy;
    if (!(determinant > 1e-4) || xx > width ** 2 || yy > height ** 2) return undefined;
    const reachX = 4 * Math.sqrt(xx);
    const reachY = 4 * Math.sqrt(yy);
    let [sum, sumX, sumY, sumXX, sumXY, sumYY] = [0, 0, 0, 0, 0, 0];
    for (let row = Math.max(0, Math.ceil(y - reachY)); row <= Math.min(height - 1, y + reachY); row++) {
      const dy = row - y;
      for (
        let column = Math.max(0, Math.ceil(x - reachX));
        column <= Math.min(width - 1, x + reachX);
        column++
      ) {
        const dx = column - x;
        const square = (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant;
        if (square > 16) continue;
        const value = Math.exp(-0.5 * square) * pixels[row * width + column];
        sum += value;
        sumX += value * dx;
        sumY += value * dy;
        sumXX += value * dx * dx;
        sumXY += value * dx * dy;
        sumYY += value * dy * dy;
      }
    }
    if (!(sum > 0)) return undefined;
    const [meanX, meanY] = [sumX / sum, sumY / sum];
    // A weight that fits has moments twice those of the weighted image, both being Gaussians.
    const next = [
      2 * (sumXX / sum - meanX ** 2),
      2 * (sumXY / sum - meanX * meanY),
      2 * (sumYY / sum - meanY ** 2),
    ];
    // The weighted image's centre is half-way to the true one.
    x += 2 * meanX;
    y += 2 * meanY;
    if (Math.hypot(x - startX, y - startY) > Math.min(width, height) / 4) return undefined;
    const change = Math.hypot(next[0] - xx, next[1] - xy, next[2] - yy) / (xx + yy);
    [xx, xy, yy] = next;
    if (change < tolerance && Math.hypot(meanX, meanY) < 1e-4) break;
    if (iteration === iterations - 1) return undefined;
  }
  const trace = xx + yy;
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 0)) return undefined;
  return { x, y, e1: (xx - yy) / trace, e2: (2 * xy) / trace, sigma: determinant ** 0.25 };
}

/** Length of the difference of two shapes' ellipticities: 0 to 2. */
export const ellipticityError = (a: Shape, b: Shape): number => Math.hypot(a.e1 - b.e1, a.e2 - b.e2);
