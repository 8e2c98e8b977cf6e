// The few statistics that tests of samplers share.

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
};

/** Mean and its standard error from independent values, such as means of independent chains. */
export function estimate(values: readonly number[]): { value: number; error: number } {
  const value = mean(values);
  const variance = values.reduce((sum, x) => sum + (x - value) ** 2, 0) / (values.length - 1);
  return { value, error: Math.sqrt(variance / values.length) };
}

/**
 * Pearson's chi-square of counts against probabilities, in standard deviations above its mean: (chi2 - f) / sqrt(2f), f
 * degrees of freedom. Levels with fewer than `least` expected are counted as one.
 */
export function excessOfChiSquare(
  observed: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  least = 10,
): number {
  let samples = 0;
  for (let i = 0; i < observed.length; i++) samples += observed[i];
  let chiSquare = 0;
  let bins = 0;
  let [restObserved, restExpected] = [0, 0];
  for (let i = 0; i < observed.length; i++) {
    const expected = probabilities[i] * samples;
    if (expected >= least) {
      chiSquare += (observed[i] - expected) ** 2 / expected;
      bins++;
    } else {
      restObserved += observed[i];
      restExpected += expected;
    }
  }
  if (restExpected > 0) {
    chiSquare += (restObserved - restExpected) ** 2 / restExpected;
    bins++;
  }
  return (chiSquare - (bins - 1)) / Math.sqrt(2 * (bins - 1));
}
