// Numbers as people read them, and ticks of an axis.

/**
 * A number in the digits that its interval deserves: two of the half width.
 * @param {number} value
 * @param {number} [width] of its interval
 */
export function numberText(value, width) {
  if (Number.isInteger(value)) return String(value);
  if (width === undefined || !(width > 0)) return String(Number(value.toPrecision(5)));
  const decimals = Math.min(10, Math.max(0, 1 - Math.floor(Math.log10(width / 2))));
  return value.toFixed(decimals);
}

/**
 * Round numbers between `low` and `high`, about `count` of them: steps of 1, 2 or 5 times a power of ten.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(1, count);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = /** @type {number} */ ([1, 2, 5, 10].find((each) => each * power >= rough * 0.999)) * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
