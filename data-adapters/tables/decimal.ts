// Decimal text to the nearest float32 or float64. The fast way needs no string: up to 18 digits as two integers, one
// multiplication or division by a power of ten (W. D. Clinger, PLDI 1990: exact to the nearest float64 for up to 15 digits
// and powers up to 10^22). For float32 a value that is only near suffices when everything within its error rounds alike.
// What neither decides goes through Number(text), which is exact, and for float32 a check of the tie that rounding twice
// could get wrong.

const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

/** Relative error of `scaled` at most: three roundings of 2^-53 and the digits left out after the 18th, 2^-56. */
const error = 2 ** -50;

const bits = new DataView(new ArrayBuffer(4));

/** The float32 next to `value` in the direction of `up`; 2^128 in place of infinity. */
function neighbour(value: number, up: boolean): number {
  bits.setFloat32(0, value);
  const away = value > 0 === up;
  if (value === 0) return up ? 2 ** -149 : -(2 ** -149);
  bits.setUint32(0, bits.getUint32(0) + (away ? 1 : -1));
  const next = bits.getFloat32(0);
  return Number.isFinite(next) ? next : Math.sign(next) * 2 ** 128;
}

/** -1, 0 or 1 as the decimal number |text| is below, at or above `value` > 0. */
function compareMagnitude(text: string, value: number): number {
  const [, whole, fraction = '', exponent = '0'] = /^[+-]?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)!;
  let left = BigInt(`${whole}${fraction}`);
  let right = 1n;
  const shift = Number(exponent) - fraction.length;
  if (shift >= 0) left *= 10n ** BigInt(shift);
  else right *= 10n ** BigInt(-shift);
  let scaled = value;
  let twos = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    twos += 1;
  }
  left <<= BigInt(twos);
  right *= BigInt(scaled);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The float32 nearest to a decimal number, ties to even. @param text what Number() takes as a decimal number */
export function nearestFloat32(text: string): number {
  const value = Number(text);
  const rounded = Math.fround(value);
  if (rounded === value || Number.isNaN(value)) return rounded;
  const near = Number.isFinite(rounded) ? rounded : Math.sign(rounded) * 2 ** 128;
  const other = Number.isFinite(rounded)
    ? neighbour(rounded, value > rounded)
    : Math.sign(rounded) * (2 ** 128 - 2 ** 104);
  if (!Number.isFinite(value) || Math.abs(value - near) !== Math.abs(other - value)) return rounded;
  const side = compareMagnitude(text, Math.abs(value));
  if (side === 0) return rounded;
  const larger = Math.abs(near) > Math.abs(other) ? near : other;
  return Math.fround(side > 0 ? larger : larger === near ? other : near);
}

/**
 * mantissa * 10^exponent as a float64, or NaN where this is not sure to be the nearest.
 *
 * @param digits digits that `mantissa` was made of, in at most two parts of 9
 */
export function exactFloat64(mantissa: number, digits: number, exponent: number): number {
  if (digits > 15 || exponent > 22 || exponent < -22) return Number.NaN;
  return exponent < 0 ? mantissa / powers[-exponent] : mantissa * powers[exponent];
}

/** The float32 nearest to mantissa * 10^exponent, or NaN where this is not sure. `mantissa` may be off by 2^-52 of itself. */
export function nearFloat32(mantissa: number, exponent: number): number {
  if (exponent > 22 || exponent < -22) return Number.NaN;
  const scaled = exponent < 0 ? mantissa / powers[-exponent] : mantissa * powers[exponent];
  const below = Math.fround(scaled - scaled * error);
  return below === Math.fround(scaled + scaled * error) ? below : Number.NaN;
}
