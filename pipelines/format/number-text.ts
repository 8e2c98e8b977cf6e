// Numbers as people read them in tables: as many digits as their interval supports, and no more.
import type { Estimate, Figure } from '../../domains/domain.ts';

const mostDecimals = 8;

/** Decimals that show `width` with two significant digits: 0.0123 -> 3, 45 -> 0. */
function decimalsOf(width: number): number {
  if (!(width > 0) || !Number.isFinite(width)) return 4;
  return Math.min(mostDecimals, Math.max(0, 1 - Math.floor(Math.log10(Number(width.toPrecision(6))))));
}

/** Decimals that half the interval's width supports; where it has none, four, and for counts none. */
export const estimateDecimals = ({ value, low, high }: Estimate): number =>
  low === high && Number.isInteger(value) ? 0 : decimalsOf((high - low) / 2);

/** `2.2688 [2.2641, 2.2735]` in parts. */
export function estimateText(
  estimate: Estimate,
  decimals = estimateDecimals(estimate),
): { value: string; interval: string } {
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((v) => v.toFixed(decimals));
  return { value, interval: `[${low}, ${high}]` };
}

/** The paper's value with its error where it gives one: `2.266 ± 0.002`. Its own digits, not ours. */
export function paperText({ paper }: Figure): string {
  if (paper === undefined) return '';
  return paper.error === undefined ? `${paper.value}` : `${paper.value} ± ${paper.error}`;
}

/** The exact value with one digit more than the estimate. */
export function exactText(figure: Figure): string {
  if (figure.exact === undefined) return '';
  const rounded = figure.exact.toFixed(estimateDecimals(figure) + 1);
  return Number(rounded) === figure.exact ? `${figure.exact}` : rounded;
}

/** `1234567` as `1,234,567`. */
export const countText = (n: number): string => n.toLocaleString('en-US');

/** A size in decimal units: `4.5 kB`, `2.82 GB`. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  if (step === 0) return `${bytes} byte${bytes === 1 ? '' : 's'}`;
  return `${Number((bytes / 1000 ** step).toPrecision(3))} ${units[step]}`;
}

/** A duration in seconds as `0.4 s`, `12 s`, `3:05` (minutes) or `1:02:03`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number): string => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)} min`;
}

/** A metric beside the progress bar: four significant digits. */
export const metricText = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)
    ? value.toExponential(2)
    : `${Number(value.toPrecision(4))}`;
