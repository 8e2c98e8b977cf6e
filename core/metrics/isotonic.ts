// Isotonic regression: the non-decreasing step function nearest to 0/1 labels in the mean square, by pooling adjacent
// violators (Ayer et al. 1955; for calibrating classifiers Zadrozny and Elkan 2002).

interface Pool {
  /** Largest value pooled. */
  upTo: number;
  sum: number;
  count: number;
}

/**
 * Fits a share of ones that never falls with the value.
 *
 * @param values one for each label, any order; equal ones share a step
 * @param labels 0 or 1, or any numbers to be averaged
 * @returns the fitted step function: the level of the first step that reaches up to its argument, the last one's beyond
 * @throws RangeError when there is no label, or not one for each value
 */
export function isotonicFit(values: ArrayLike<number>, labels: ArrayLike<number>): (value: number) => number {
  if (values.length !== labels.length || values.length === 0) {
    throw new RangeError(
      `isotonicFit: expected a label for each value, got ${values.length} and ${labels.length}`,
    );
  }
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a] - values[b],
  );
  const pools: Pool[] = [];
  for (const i of order) {
    const last = pools.at(-1);
    if (last && last.upTo === values[i]) {
      last.sum += labels[i];
      last.count++;
    } else pools.push({ upTo: values[i], sum: labels[i], count: 1 });
  }
  const steps: Pool[] = [];
  for (const pool of pools) {
    let current = pool;
    for (let below = steps.at(-1); below && below.sum * current.count >= current.sum * below.count; ) {
      steps.pop();
      current = { upTo: current.upTo, sum: current.sum + below.sum, count: current.count + below.count };
      below = steps.at(-1);
    }
    steps.push(current);
  }
  const levels = Float64Array.from(steps, ({ sum, count }) => sum / count);
  return (value) => {
    let [low, high] = [0, steps.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[middle].upTo < value) low = middle + 1;
      else high = middle;
    }
    return levels[low];
  };
}
