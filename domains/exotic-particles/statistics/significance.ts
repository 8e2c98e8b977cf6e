// How many standard deviations a counting experiment is expected to see: s signal events over b background events, the
// median significance from the likelihood ratio on the Asimov data set. Cowan, Cranmer, Gross and Vitells, Eur. Phys. J.
// C 71, 1554 (2011), arXiv:1007.1727, equation (97); with an uncertain background Cowan's note "Discovery sensitivity for
// a counting experiment with background uncertainty" (2012), equation (20).

function requireCounts(who: string, signal: number, background: number): void {
  if (!(signal >= 0 && background > 0))
    throw new RangeError(`${who}: expected signal >= 0 and background > 0, got ${signal} and ${background}`);
}

/** (1 + x) ln(1 + x) - x without the loss of digits at small x, where it is x^2 / 2 - x^3 / 6 + x^4 / 12 - ... */
export function excess(x: number): number {
  if (Math.abs(x) > 1e-3) return (1 + x) * Math.log1p(x) - x;
  return x * x * (1 / 2 - x * (1 / 6 - x * (1 / 12 - x / 20)));
}

/**
 * Z0 = sqrt(2 [(s + b) ln(1 + s / b) - s]), near s / sqrt(b) for s << b.
 *
 * @param signal s, events expected, >= 0
 * @param background b, events expected and known, > 0
 * @returns standard deviations
 */
export function countingSignificance(signal: number, background: number): number {
  requireCounts('countingSignificance', signal, background);
  return Math.sqrt(2 * background * excess(signal / background));
}

/**
 * Z_A = sqrt(2 {(s + b) ln[(s + b)(b + v) / (b^2 + (s + b) v)] - (b^2 / v) ln[1 + v s / (b (b + v))]}), v = uncertainty^2;
 * near s / sqrt(b + v) for s << b, and Z0 for v = 0.
 *
 * @param signal s, events expected, >= 0
 * @param background b, events expected, > 0
 * @param uncertainty standard error of b, in events
 * @returns standard deviations
 */
export function asimovSignificance(signal: number, background: number, uncertainty: number): number {
  requireCounts('asimovSignificance', signal, background);
  if (!(uncertainty >= 0))
    throw new RangeError(`asimovSignificance: expected an uncertainty of at least 0, got ${uncertainty}`);
  const variance = uncertainty ** 2;
  // Below this b^2 / v loses all digits of the second term, which is then that of a known background.
  if (variance < 1e-10 * background ** 2 || variance < 1e-10 * background)
    return countingSignificance(signal, background);
  const all = signal + background;
  const first = all * Math.log1p((signal * background) / (background ** 2 + all * variance));
  const second =
    (background ** 2 / variance) * Math.log1p((variance * signal) / (background * (background + variance)));
  return Math.sqrt(Math.max(0, 2 * (first - second)));
}
