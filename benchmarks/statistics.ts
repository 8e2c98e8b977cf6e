// How timings are summed up.

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** `median ms (lowest to highest)` */
export const spread = (milliseconds: readonly number[]): string =>
  `${median(milliseconds).toFixed(2)} ms (${Math.min(...milliseconds).toFixed(2)} to ${Math.max(...milliseconds).toFixed(2)})`;
