// How far predicted numbers are from the true ones.

/** sqrt(mean (p - y)^2), in the unit of y. */
export function rootMeanSquare(predicted: ArrayLike<number>, truth: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += (predicted[i] - truth[i]) ** 2;
  return Math.sqrt(sum / truth.length);
}

/** mean |p - y|, in the unit of y. */
export function meanAbsolute(predicted: ArrayLike<number>, truth: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < truth.length; i++) sum += Math.abs(predicted[i] - truth[i]);
  return sum / truth.length;
}

/** R^2 = 1 - sum (p - y)^2 / sum (y - mean y)^2: 0 for the mean of these rows, negative below it; NaN for a constant y. */
export function determination(predicted: ArrayLike<number>, truth: ArrayLike<number>): number {
  const n = truth.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += truth[i] / n;
  let [left, all] = [0, 0];
  for (let i = 0; i < n; i++) {
    left += (predicted[i] - truth[i]) ** 2;
    all += (truth[i] - mean) ** 2;
  }
  return all === 0 ? Number.NaN : 1 - left / all;
}
