// What a cut on the score does to the mass of the background: a peak that the cut makes would pass for a discovery.
import type { MassBin, MassSculpting } from './curves.ts';

const bins = 30;

export interface SculptingOptions {
  readonly name: string;
  readonly unit: string;
  /** Of each event, in `unit`. */
  readonly mass: Float64Array;
  readonly label: Uint8Array;
  readonly weight: Float32Array;
  readonly scores: Float32Array;
  readonly thresholds: readonly { readonly cut: string; readonly threshold: number }[];
}

/** Value below which a share of the numbers lies; the numbers are sorted. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/** Histograms of the background's mass, each as shares of what passes; the range holds the central 98 % before any cut. */
export function massSculpting({
  name,
  unit,
  mass,
  label,
  weight,
  scores,
  thresholds,
}: SculptingOptions): MassSculpting | undefined {
  const background = mass.filter((value, i) => label[i] === 0 && Number.isFinite(value)).sort();
  if (background.length < 100) return undefined;
  const [low, high] = [quantile(background, 0.01), quantile(background, 0.99)];
  if (!(high > low)) return undefined;
  const width = (high - low) / bins;
  const histogram = (cut: string, threshold: number): MassBin[] => {
    const sums = new Float64Array(bins);
    const squares = new Float64Array(bins);
    let total = 0;
    for (let i = 0; i < mass.length; i++) {
      const bin = Math.floor((mass[i] - low) / width);
      if (label[i] !== 0 || !(scores[i] >= threshold) || !(bin >= 0 && bin < bins)) continue;
      sums[bin] += weight[i];
      squares[bin] += weight[i] ** 2;
      total += weight[i];
    }
    if (!(total > 0)) return [];
    return Array.from(sums, (sum, bin) => ({
      from: low + bin * width,
      to: low + (bin + 1) * width,
      share: sum / total,
      error: Math.sqrt(squares[bin]) / total,
      cut,
    }));
  };
  return {
    name,
    unit,
    bins: [
      ...histogram('no cut', Number.NEGATIVE_INFINITY),
      ...thresholds.flatMap(({ cut, threshold }) => histogram(cut, threshold)),
    ],
  };
}
