// Random numbers of any density on an interval, by the inverse of its tabulated distribution function.
import type { RandomStream } from '../../../core/random.ts';
import { uniform } from './distributions.ts';

/**
 * Draws x in [low, high] with density proportional to `density`, linear between `points` quantiles of equal probability.
 * The density is integrated by the midpoint rule on eight times as many steps.
 */
export class TableSampler {
  private readonly quantiles: Float64Array;

  constructor(density: (x: number) => number, low: number, high: number, points = 1024) {
    const steps = 8 * points;
    const width = (high - low) / steps;
    const cumulative = new Float64Array(steps + 1);
    for (let i = 0; i < steps; i++) cumulative[i + 1] = cumulative[i] + density(low + (i + 0.5) * width);
    const total = cumulative[steps];
    if (!(total > 0 && Number.isFinite(total))) {
      throw new RangeError(`TableSampler: expected a density with a finite positive sum, got ${total}`);
    }
    this.quantiles = new Float64Array(points + 1);
    for (let i = 0, step = 0; i <= points; i++) {
      const wanted = (total * i) / points;
      while (step < steps - 1 && cumulative[step + 1] < wanted) step++;
      const inside = (wanted - cumulative[step]) / (cumulative[step + 1] - cumulative[step]);
      this.quantiles[i] = low + (step + Math.min(1, Math.max(0, inside || 0))) * width;
    }
  }

  draw(random: RandomStream): number {
    const position = uniform(random) * (this.quantiles.length - 1);
    const below = Math.floor(position);
    const start = this.quantiles[below];
    return start + (position - below) * (this.quantiles[below + 1] - start);
  }
}
