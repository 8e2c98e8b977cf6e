// Planes on a canvas that a Fourier transform may take for periodic: sides that are powers of two, and in the gap beside the
// plane its continuation over one edge fades into that over the opposite one, so that nothing wraps around.
import { plane, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import { type RealFourier, realFourier } from './real-fourier.ts';

/** What is assumed beyond the edges: mirror images, the outermost pixel again, or nothing. */
export type Border = 'reflect' | 'replicate' | 'zero';

/** Of each coordinate of the canvas: the two pixels it is made of, and the weight of the second. */
interface AxisMap {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float64Array;
}

/** Pixel of a row of `size` that stands at `i` beyond the edges. */
export function indexBeyond(i: number, size: number, border: 'reflect' | 'replicate'): number {
  if (border === 'replicate') return Math.min(size - 1, Math.max(0, i));
  const period = 2 * size;
  const inside = ((i % period) + period) % period;
  return inside < size ? inside : period - 1 - inside;
}

function axisMap(size: number, canvas: number, margin: number, border: 'reflect' | 'replicate'): AxisMap {
  const first = new Int32Array(canvas);
  const second = new Int32Array(canvas);
  const weight = new Float64Array(canvas);
  const free = canvas - size - 2 * margin;
  for (let i = 0; i < canvas; i++) {
    first[i] = indexBeyond(i, size, border);
    second[i] = indexBeyond(i - canvas, size, border);
    const along = Math.min(1, Math.max(0, (i - size - margin + 0.5) / Math.max(1, free)));
    weight[i] = free > 0 ? 0.5 - 0.5 * Math.cos(Math.PI * along) : Number(i - size >= margin);
  }
  return { first, second, weight };
}

export class Canvas {
  readonly fourier: RealFourier;
  private readonly columns: AxisMap | undefined;
  private readonly rows: AxisMap | undefined;

  /**
   * @param margin pixels beyond each edge that are exactly what `border` says: half the side of the kernel at least
   * @param border `reflect` by default
   */
  constructor(
    readonly width: number,
    readonly height: number,
    margin: number,
    border: Border = 'reflect',
  ) {
    const side = (size: number): number => 2 ** Math.max(1, Math.ceil(Math.log2(size + 2 * margin)));
    this.fourier = realFourier(side(width), side(height));
    if (border !== 'zero') {
      this.columns = axisMap(width, this.fourier.width, margin, border);
      this.rows = axisMap(height, this.fourier.height, margin, border);
    }
  }

  /** The plane in the first rows and columns, and its continuation. */
  lay(pixels: ArrayLike<number>): Float64Array {
    const { width: across, height: down } = this.fourier;
    const laid = new Float64Array(across * down);
    const { columns, rows } = this;
    if (!columns || !rows) {
      for (let y = 0; y < this.height; y++) {
        for (let x = 0; x < this.width; x++) laid[y * across + x] = pixels[y * this.width + x];
      }
      return laid;
    }
    const wide = new Float64Array(this.height * across);
    for (let y = 0; y < this.height; y++) {
      const start = y * this.width;
      for (let x = 0; x < across; x++) {
        const value = pixels[start + columns.first[x]];
        wide[y * across + x] = value + columns.weight[x] * (pixels[start + columns.second[x]] - value);
      }
    }
    for (let y = 0; y < down; y++) {
      const [first, second, weight] = [rows.first[y] * across, rows.second[y] * across, rows.weight[y]];
      for (let x = 0; x < across; x++) {
        laid[y * across + x] = wide[first + x] + weight * (wide[second + x] - wide[first + x]);
      }
    }
    return laid;
  }

  /** The plane back from the canvas. */
  take(laid: Float64Array): Float32Array {
    const pixels = new Float32Array(this.width * this.height);
    for (let y = 0; y < this.height; y++) {
      const start = y * this.fourier.width;
      pixels.set(laid.subarray(start, start + this.width), y * this.width);
    }
    return pixels;
  }

  /** Spectrum of a plane and its continuation. */
  spectrum(pixels: ArrayLike<number>): Float64Array {
    return this.fourier.forward(this.lay(pixels));
  }

  /** Spectra of the planes of an image. */
  spectra(image: SkyImage): Float64Array[] {
    return image.bands.map((_, band) => this.spectrum(plane(image, band)));
  }
}
