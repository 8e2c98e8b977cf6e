// The discrete Fourier transform of real planes whose sides are powers of two, on fft.js (Indutny's radix-4 FFT): two rows at
// a time as one complex row, then the columns of the half of the spectrum that is not the conjugate of the other.
import Fft from 'fft.js';

/**
 * Half of a plane's spectrum: width/2 + 1 columns of `height` complex numbers (real, imaginary), column by column.
 * Element (kx, ky) is at kx {@link RealFourier.stride} + 2 ky; the others are conjugates, F(-kx, -ky) = conj F(kx, ky).
 */
export type Spectrum = Float64Array;

export class RealFourier {
  /** Columns of a spectrum: width/2 + 1. */
  readonly columns: number;
  /** Numbers from one column to the next: some more than 2 height, lest all columns fall on the same lines of the cache. */
  readonly stride: number;
  private readonly rowTransform: Fft;
  private readonly columnTransform: Fft;
  private readonly row: Float64Array;
  private readonly rowResult: Float64Array;
  private readonly column: Float64Array;

  /** @throws RangeError unless both sides are powers of two, 2 at least */
  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    for (const size of [width, height]) {
      if (!Number.isInteger(Math.log2(size)) || size < 2) {
        throw new RangeError(`RealFourier: expected powers of two, got ${width} x ${height}`);
      }
    }
    this.columns = width / 2 + 1;
    this.stride = 2 * height + 8;
    this.rowTransform = new Fft(width);
    this.columnTransform = new Fft(height);
    this.row = new Float64Array(2 * width);
    this.rowResult = new Float64Array(2 * width);
    this.column = new Float64Array(2 * height);
  }

  /** F(kx, ky) = sum of f(x, y) exp(-2 pi i (kx x / width + ky y / height)) over the plane, given row by row. */
  forward(plane: ArrayLike<number>): Spectrum {
    const { width, height, columns, stride, row, rowResult } = this;
    const spectrum = new Float64Array(columns * stride);
    for (let y = 0; y < height; y += 2) {
      const first = y * width;
      let empty = true;
      for (let x = 0; x < width; x++) {
        const upper = plane[first + x];
        const lower = plane[first + width + x];
        row[2 * x] = upper;
        row[2 * x + 1] = lower;
        if (upper !== 0 || lower !== 0) empty = false;
      }
      if (empty) continue;
      this.rowTransform.transform(rowResult, row);
      for (let k = 0; k < columns; k++) {
        const mirror = 2 * ((width - k) % width);
        const re = rowResult[2 * k];
        const im = rowResult[2 * k + 1];
        const mirrorRe = rowResult[mirror];
        const mirrorIm = rowResult[mirror + 1];
        const at = k * stride + 2 * y;
        spectrum[at] = (re + mirrorRe) / 2;
        spectrum[at + 1] = (im - mirrorIm) / 2;
        spectrum[at + 2] = (im + mirrorIm) / 2;
        spectrum[at + 3] = (mirrorRe - re) / 2;
      }
    }
    for (let k = 0; k < columns; k++) {
      const part = spectrum.subarray(k * stride, k * stride + 2 * height);
      this.column.set(part);
      this.columnTransform.transform(part, this.column);
    }
    return spectrum;
  }

  /** The first `rows` rows, all by default, of the plane of which this is the spectrum; the spectrum is overwritten. */
  inverse(spectrum: Spectrum, rows = this.height): Float64Array {
    const { width, height, columns, stride, row, rowResult } = this;
    for (let k = 0; k < columns; k++) {
      const part = spectrum.subarray(k * stride, k * stride + 2 * height);
      this.column.set(part);
      this.columnTransform.inverseTransform(part, this.column);
    }
    const plane = new Float64Array(width * (rows + (rows % 2)));
    for (let y = 0; y < rows; y += 2) {
      for (let k = 0; k < columns; k++) {
        const at = k * stride + 2 * y;
        const re = spectrum[at];
        const im = spectrum[at + 1];
        const nextRe = spectrum[at + 2];
        const nextIm = spectrum[at + 3];
        row[2 * k] = re - nextIm;
        row[2 * k + 1] = im + nextRe;
        const mirror = width - k;
        if (k > 0 && mirror > k) {
          row[2 * mirror] = re + nextIm;
          row[2 * mirror + 1] = nextRe - im;
        }
      }
      this.rowTransform.inverseTransform(rowResult, row);
      const first = y * width;
      for (let x = 0; x < width; x++) {
        plane[first + x] = rowResult[2 * x];
        plane[first + width + x] = rowResult[2 * x + 1];
      }
    }
    return plane;
  }
}

const made = new Map<string, RealFourier>();

/** The transform of planes of these sides; its tables are made once. */
export function realFourier(width: number, height: number): RealFourier {
  const key = `${width} ${height}`;
  let transform = made.get(key);
  if (!transform) {
    transform = new RealFourier(width, height);
    made.set(key, transform);
  }
  return transform;
}
