// From the numbers in a file to what they mean: BZERO + BSCALE x stored, no value where it is BLANK (FITS standard 4.0,
// section 4.4.2), and the unsigned integers that BZERO = 2^(bits-1) stands for (table 11; -128 for signed bytes).
// Types and rounding are astropy's: float32 for integers of up to 16 bits and for float32, float64 for the rest.
import { damaged } from './fits-error.ts';
import type { FitsHeader } from './header.ts';
import { newPixels, type Pixels, type PixelType, pixelBytes, viewPixels } from './pixel-types.ts';

/** How stored numbers become physical ones. */
export interface Physical {
  readonly stored: PixelType;
  readonly dtype: PixelType;
  readonly way: 'same' | 'offset' | 'scaled';
  readonly scale: number;
  readonly zero: number;
  /** Stored integer that stands for no value. */
  readonly blank: number | bigint | undefined;
}

const offsets: Readonly<Partial<Record<PixelType, readonly [zero: number, dtype: PixelType]>>> = {
  uint8: [-128, 'int8'],
  int16: [2 ** 15, 'uint16'],
  int32: [2 ** 31, 'uint32'],
  int64: [2 ** 63, 'uint64'],
};

/** BLANK or TNULLn in the numbers of the array it is looked for in; reals have none. @throws UserError when it is no whole number */
export function readWhole(
  header: FitsHeader,
  stored: PixelType,
  keyword: string,
): number | bigint | undefined {
  if (stored.startsWith('float')) return undefined;
  const value = header.get(keyword);
  if (value === undefined) return undefined;
  const whole = typeof value === 'bigint' || Number.isInteger(value);
  if (!whole) throw damaged(header.where, `${keyword} is ${String(value)}, expected a whole number`);
  return stored === 'int64' ? BigInt(value as number | bigint) : Number(value);
}

/**
 * Numbers of type `stored` that are scaled. With `blank` they become floating point, with NaN where there is no value,
 * also unsigned integers.
 */
export function physicalFrom(
  stored: PixelType,
  scale: number,
  zero: number,
  blank?: number | bigint,
): Physical {
  const common = { stored, scale, zero, blank };
  if (scale === 1 && blank === undefined) {
    if (zero === 0) return { ...common, dtype: stored, way: 'same' };
    const offset = offsets[stored];
    if (offset !== undefined && offset[0] === zero) return { ...common, dtype: offset[1], way: 'offset' };
  }
  const single = stored === 'uint8' || stored === 'int16' || stored === 'float32';
  return { ...common, dtype: single ? 'float32' : 'float64', way: 'scaled' };
}

/** What BSCALE, BZERO and BLANK of an image say of its pixels. @throws UserError when one of them is no number */
export function physicalOf(header: FitsHeader, stored: PixelType): Physical {
  const scale = header.number('BSCALE') ?? 1;
  const zero = header.number('BZERO') ?? 0;
  return physicalFrom(stored, scale, zero, readWhole(header, stored, 'BLANK'));
}

/** Adds 2^(bits-1) or takes it away, which is to flip the top bit. In place. */
export function flipTopBit(data: Pixels): void {
  if (data instanceof Int16Array) for (let i = 0; i < data.length; i++) data[i] ^= 0x8000;
  else if (data instanceof Int32Array) for (let i = 0; i < data.length; i++) data[i] ^= 0x80000000;
  else if (data instanceof Uint8Array) for (let i = 0; i < data.length; i++) data[i] ^= 0x80;
  else {
    // The top bit is in the upper half of each pair of 32 bits, on either kind of machine.
    const halves = new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
    const upper = new Uint8Array(Uint32Array.of(1).buffer)[0];
    for (let i = upper; i < halves.length; i += 2) halves[i] ^= 0x80000000;
  }
}

/** BZERO of the unsigned integers, and the signed byte, and the type that they are stored as. */
export function storedAs(dtype: PixelType): { readonly stored: PixelType; readonly zero: number } {
  for (const [stored, [zero, type]] of Object.entries(offsets)) {
    if (type === dtype) return { stored: stored as PixelType, zero };
  }
  return { stored: dtype, zero: 0 };
}

function scaled(data: Pixels, { dtype, scale, zero, blank }: Physical): Pixels {
  const out = newPixels(dtype, data.length) as Float32Array<ArrayBuffer>;
  const single = dtype === 'float32';
  const [factor, shift] = single ? [Math.fround(scale), Math.fround(zero)] : [scale, zero];
  const isBig = data instanceof BigInt64Array;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === blank) out[i] = Number.NaN;
    else {
      const value = isBig ? Number(data[i]) : (data[i] as number);
      // Each step is rounded to the type, as NumPy does in place; a double in between would round once only.
      out[i] = factor === 1 ? value : value * factor;
      if (shift !== 0) out[i] += shift;
    }
  }
  return out;
}

/** The physical values of stored ones of native order, which are overwritten where that saves memory. */
export function toPhysical(data: Pixels, physical: Physical): Pixels {
  if (physical.way === 'same') return data;
  if (physical.way === 'scaled') return scaled(data, physical);
  flipTopBit(data);
  return viewPixels(physical.dtype, pixelBytes(data));
}
