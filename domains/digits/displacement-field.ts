// A smooth random displacement: white noise under a Gaussian, after Simard, Steinkraus and Platt 2003, but drawn on a grid as coarse as
// the Gaussian is wide. What the Gaussian leaves of shorter waves is exp(-2 pi^2), some 1e-9 of the power, so that the field has the
// covariance of noise that was drawn for every pixel, at a fraction of the sums.
import type { RandomStream } from '../../core/random.ts';

/** Places of the noise along one axis, and the weight of each at every pixel: pixels x places. */
function axisWeights(length: number, sigma: number): { places: number; weights: Float64Array } {
  const places = Math.min(length, Math.ceil(length / sigma));
  const spacing = length / places;
  const weights = new Float64Array(length * places);
  // The kernel adds up to 1 over the pixels; a place stands for `spacing` pixels of independent noise.
  const unit = Math.sqrt(spacing) / (Math.sqrt(2 * Math.PI) * sigma);
  for (let i = 0; i < length; i++) {
    for (let k = 0; k < places; k++) {
      const distance = i + 0.5 - (k + 0.5) * spacing;
      weights[i * places + k] = unit * Math.exp(-0.5 * (distance / sigma) ** 2);
    }
  }
  return { places, weights };
}

/** Draws fields of one size. */
export class DisplacementField {
  readonly values: Float64Array;
  private readonly across;
  private readonly down;
  private readonly noise: Float64Array;
  private readonly rows: Float64Array;

  /** @param alpha scale of the uniform noise in [-1, 1] a pixel that the field stands for, pixels; @param sigma pixels, > 0 */
  constructor(
    readonly width: number,
    readonly height: number,
    private readonly alpha: number,
    sigma: number,
  ) {
    this.across = axisWeights(width, sigma);
    this.down = axisWeights(height, sigma);
    this.values = new Float64Array(width * height);
    this.noise = new Float64Array(this.across.places * this.down.places);
    this.rows = new Float64Array(this.down.places * width);
  }

  /** Fills `values` with a new field, pixels. */
  draw(random: RandomStream): void {
    const { width, height, noise, rows, values } = this;
    const { places, weights } = this.across;
    const { places: lines, weights: downWeights } = this.down;
    // The variance of a uniform number in [-1, 1] is 1/3; sums of many are normal.
    const deviation = this.alpha / Math.sqrt(3);
    for (let i = 0; i < noise.length; i++) noise[i] = deviation * random.normal();
    for (let k = 0; k < lines; k++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let a = 0; a < places; a++) sum += weights[x * places + a] * noise[k * places + a];
        rows[k * width + x] = sum;
      }
    }
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let k = 0; k < lines; k++) sum += downWeights[y * lines + k] * rows[k * width + x];
        values[y * width + x] = sum;
      }
    }
  }
}
