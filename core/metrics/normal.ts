// The standard normal distribution. Its quantile: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37, 477 (1988);
// its distribution function: Hart 1968, after West 2005.

const ratio = (x: number, numerator: readonly number[], denominator: readonly number[]): number =>
  numerator.reduceRight((sum, c) => sum * x + c) / denominator.reduceRight((sum, c) => sum * x + c);

const centralTop = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const centralBottom = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852546,
];
const middleTop = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const middleBottom = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const tailTop = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const tailBottom = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/** z with P(Z <= z) = p, Z standard normal; relative error about 1e-16. @param p in (0, 1) */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`normalQuantile: expected a probability in (0, 1), got ${p}`);
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(0.180625 - q * q, centralTop, centralBottom);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? ratio(r - 1.6, middleTop, middleBottom) : ratio(r - 5, tailTop, tailBottom);
  return q < 0 ? -z : z;
}

const lowerTop = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688,
  0.0352624965998911,
];
const lowerBottom = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207,
  1.75566716318264, 0.0883883476483184,
];

/** Laplace's continued fraction x + 1 / (x + 2 / (x + 3 / ...)), to rounding for x >= 4. */
function tailFraction(x: number): number {
  let value = x;
  for (let k = 40; k >= 1; k--) value = x + k / value;
  return value;
}

/**
 * P(Z <= z), Z standard normal, by Hart's algorithm 5666 in West's form (Wilmott, May 2005) and a continued fraction in the
 * tails: relative error below 1e-12 for z in (-37, 0], 0 beyond. For the upper tail give -z.
 */
export function normalProbability(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const x = Math.abs(z);
  const density = x > 37 ? 0 : Math.exp((-x * x) / 2);
  const tail =
    density * (x < 4 ? ratio(x, lowerTop, lowerBottom) : 1 / (Math.sqrt(2 * Math.PI) * tailFraction(x)));
  return z > 0 ? 1 - tail : tail;
}
