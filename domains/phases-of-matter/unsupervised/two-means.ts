// Two clusters of numbers by Lloyd's algorithm (k-means with k = 2): the border between them is half-way between their
// means.

/**
 * The border, starting from the smallest and the largest value as means.
 *
 * @param values at least one
 * @returns numbers from it upwards belong to the upper cluster
 */
export function twoMeansBorder(values: ArrayLike<number>): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  for (let iteration = 0; iteration < 1000; iteration++) {
    const border = (low + high) / 2;
    const sums = [0, 0];
    const counts = [0, 0];
    for (let i = 0; i < values.length; i++) {
      const cluster = values[i] < border ? 0 : 1;
      sums[cluster] += values[i];
      counts[cluster] += 1;
    }
    const next = counts.map((count, k) => (count === 0 ? [low, high][k] : sums[k] / count));
    if (next[0] === low && next[1] === high) break;
    [low, high] = next;
  }
  return (low + high) / 2;
}
