// Digits bent at random while a network trains, so that it never sees the same one twice: displacement fields that are smoothed
// noise, and affine maps (P. Y. Simard, D. Steinkraus, J. C. Platt, Best Practices for Convolutional Neural Networks Applied to Visual
// Document Analysis, ICDAR 2003). Their best elastic fields have sigma = 4 and alpha = 34 on 29 x 29 px; D. Ciresan et al. (Neural
// Computation 22, 3207 (2010)) turn and scale besides, by 15 % and 15 degrees (7.5 for 1 and 7).
import type { RandomStream } from '../../core/random.ts';
import { DisplacementField } from './displacement-field.ts';

export interface DistortionOptions {
  /** Standard deviation of the Gaussian that smooths the field, pixels. @default 4 */
  readonly sigma?: number;
  /** Scale of the field: a uniform draw from [-1, 1] a pixel and axis, smoothed, times alpha, in pixels. 0 for none. @default 34 */
  readonly alpha?: number;
  /** Rotation, uniform within +- this, radians. @default 15 degrees */
  readonly rotation?: number;
  /** Scale along each axis, uniform within 1 +- this. @default 0.15 */
  readonly scale?: number;
  /** Horizontal shear, uniform within +- this. @default 0.15 */
  readonly shear?: number;
  /** Shift along each axis, uniform within +- this, pixels. @default 1 */
  readonly shift?: number;
}

const defaults: Required<DistortionOptions> = {
  sigma: 4,
  alpha: 34,
  rotation: Math.PI / 12,
  scale: 0.15,
  shear: 0.15,
  shift: 1,
};

/** Bends images of one size. Holds the memory that it needs; one image after another goes through it. */
export class Distorter {
  private readonly options: Required<DistortionOptions>;
  private readonly fields: readonly [DisplacementField, DisplacementField];

  /** @throws RangeError when sigma is not above 0, or another option below 0 */
  constructor(
    readonly width: number,
    readonly height: number,
    options: DistortionOptions = {},
  ) {
    this.options = { ...defaults, ...options };
    for (const [name, value] of Object.entries(this.options)) {
      if (!(value >= 0) || (name === 'sigma' && value === 0)) {
        throw new RangeError(`Distorter: expected ${name} ${name === 'sigma' ? '>' : '>='} 0, got ${value}`);
      }
    }
    const { alpha, sigma } = this.options;
    const field = () => new DisplacementField(width, height, alpha, sigma);
    this.fields = [field(), field()];
  }

  /**
   * Draws a field and an affine map about the middle and writes the image as they bend it: the value of a pixel is the image's, linear
   * between its pixels and 0 beyond its edge, at the place where the two send the pixel.
   *
   * @param image width x height numbers
   * @param bent where the outcome goes, of the same length; not the image itself
   */
  apply<T extends Uint8Array | Float32Array>(image: T, random: RandomStream, bent: T): T {
    const { width, height, fields } = this;
    const { alpha, rotation, scale, shear, shift } = this.options;
    const spread = (most: number): number => most * (2 * random.uniform() - 1);
    const turn = spread(rotation);
    const [wide, high] = [1 + spread(scale), 1 + spread(scale)];
    const lean = spread(shear);
    const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
    const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
    const [shiftX, shiftY] = [spread(shift), spread(shift)];
    if (alpha > 0) for (const field of fields) field.draw(random);
    const [alongX, alongY] = [fields[0].values, fields[1].values];
    // Rotation times shear and scale: the place in the image is A (pixel - middle) + middle + shift + field.
    const [xx, xy] = [cosine * wide, cosine * lean * high - sine * high];
    const [yx, yy] = [sine * wide, sine * lean * high + cosine * high];
    const round = bent instanceof Uint8Array ? 0.5 : 0;
    for (let y = 0, i = 0; y < height; y++) {
      const dy = y - middleY;
      for (let x = 0; x < width; x++, i++) {
        const dx = x - middleX;
        const u = xx * dx + xy * dy + middleX + shiftX + alongX[i];
        const v = yx * dx + yy * dy + middleY + shiftY + alongY[i];
        const left = Math.floor(u);
        const top = Math.floor(v);
        if (left >= 0 && top >= 0 && left + 1 < width && top + 1 < height) {
          const right = u - left;
          const at = top * width + left;
          const upper = image[at] + right * (image[at + 1] - image[at]);
          const lower = image[at + width] + right * (image[at + width + 1] - image[at + width]);
          bent[i] = upper + (v - top) * (lower - upper) + round;
        } else bent[i] = atEdge(image, width, height, u, v) + round;
      }
    }
    return bent;
  }
}

/** As within the image, where some of the four pixels lie beyond it and are 0. */
function atEdge(image: ArrayLike<number>, width: number, height: number, u: number, v: number): number {
  const [left, top] = [Math.floor(u), Math.floor(v)];
  let value = 0;
  for (let y = Math.max(0, top); y <= Math.min(height - 1, top + 1); y++) {
    for (let x = Math.max(0, left); x <= Math.min(width - 1, left + 1); x++) {
      value += (1 - Math.abs(u - x)) * (1 - Math.abs(v - y)) * image[y * width + x];
    }
  }
  return value;
}
