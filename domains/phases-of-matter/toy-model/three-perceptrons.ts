// The paper's network for the square lattice with weights written down instead of learned: three hidden perceptrons that
// read the magnetisation m, and two outputs (Carrasquilla and Melko 2017, appendix A of arXiv:1605.01735v1).

/** Heaviside's step, 0 at 0. */
const step = (x: number): number => (x > 0 ? 1 : 0);

/** Weights from the hidden layer to the outputs for the low and the high temperature. */
const outputWeights = [
  [2, 1, -1],
  [-2, -2, 1],
] as const;

/**
 * Both outputs, [low temperature, high temperature]. Every weight of a hidden unit is +-1 / (N (1 + epsilon)) and every bias
 * +-epsilon / (1 + epsilon), so that the units see
 *   W x + b = (m - epsilon, -m - epsilon, m + epsilon) / (1 + epsilon)
 * and fire by its sign; the outputs are steps of weighted sums of these. Low is 1 just for |m| > epsilon, high otherwise:
 * the one free parameter is a threshold on |m|.
 *
 * @param magnetisation m in [-1, 1]
 * @param epsilon in (0, 1)
 * @throws RangeError for an epsilon out of range
 */
export function threePerceptrons(magnetisation: number, epsilon: number): readonly [number, number] {
  if (!(epsilon > 0 && epsilon < 1)) {
    throw new RangeError(`threePerceptrons: expected epsilon in (0, 1), got ${epsilon}`);
  }
  const hidden = [magnetisation - epsilon, -magnetisation - epsilon, magnetisation + epsilon].map((x) =>
    step(x / (1 + epsilon)),
  );
  const [low, high] = outputWeights.map((weights) =>
    step(weights.reduce((sum, w, k) => sum + w * hidden[k], 0)),
  );
  return [low, high];
}
