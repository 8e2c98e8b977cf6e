// Seeded, splittable streams of random numbers. Nothing else in the house calls Math.random.
// The generator is xoshiro128** 1.1 (Blackman and Vigna, https://prng.di.unimi.it), its state filled by a 128-bit
// hash of the seed and the path of labels (cyrb128 by bryc, public domain, finished by MurmurHash3's mixer), so that
// a stream depends on what it is for and never on how many numbers another one has drawn.

const rotateLeft = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** MurmurHash3's finaliser: a bijection of 32-bit integers in which every input bit moves every output bit. */
export function mix32(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hash128(text: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [0x9368e53c, 0x586dcd20, 0x8b9d2ff4, 0x3f5c2b17];
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 0x239b961b);
    h2 = h3 ^ Math.imul(h2 ^ k, 0xab0e9789);
    h3 = h4 ^ Math.imul(h3 ^ k, 0x38b34ae5);
    h4 = h1 ^ Math.imul(h4 ^ k, 0xa1e38b93);
  }
  h1 = mix32(h1 ^ text.length);
  h2 = mix32(h2 ^ h1);
  h3 = mix32(h3 ^ h2);
  h4 = mix32(h4 ^ h3);
  return [h1 ^ h4, h2 ^ h4, h3 ^ h4, h4 || 1];
}

/**
 * A stream of random numbers, reproducible from its seed and labels on every machine.
 *
 * @example
 * const random = new RandomStream(42);
 * const spins = random.split('wolff', 'L10', 'T2.25');   // independent of any other label
 */
export class RandomStream {
  private path = '';
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 0;
  private spare = Number.NaN;

  /** @param seed any integer or text; @param labels what the stream is for */
  constructor(seed: number | string, ...labels: readonly (string | number)[]) {
    this.restart([seed, ...labels]);
  }

  private restart(parts: readonly (string | number)[], parent?: string): void {
    const path = parts.map((part) => encodeURIComponent(String(part))).join('/');
    this.path = parent === undefined ? path : `${parent}/${path}`;
    [this.a, this.b, this.c, this.d] = hash128(this.path);
  }

  /** A new stream named under this one. It depends on the labels only, not on what was drawn here. */
  split(...labels: readonly (string | number)[]): RandomStream {
    const child = new RandomStream('');
    child.restart(labels, this.path);
    return child;
  }

  /** What {@link RandomStream.named} makes this stream from, as it was before anything was drawn: for another thread. */
  get name(): string {
    return this.path;
  }

  /** The stream of a {@link RandomStream.name}, at its beginning. */
  static named(name: string): RandomStream {
    const stream = new RandomStream('');
    stream.path = name;
    [stream.a, stream.b, stream.c, stream.d] = hash128(name);
    return stream;
  }

  /** An integer seed in [0, 2^31) for libraries that take one; the same at every call on an unused stream. */
  seed(): number {
    return this.uint32() >>> 1;
  }

  /** Uniform integer in [0, 2^32). */
  uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.b, 5), 7), 9) >>> 0;
    const t = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= t;
    this.d = rotateLeft(this.d, 11);
    return result;
  }

  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  /** Uniform integer in [0, n), without bias (rejection). @throws RangeError unless 1 <= n <= 2^32 */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 4_294_967_296) {
      throw new RangeError(`integer: expected an integer n in [1, 2^32], got ${n}`);
    }
    const limit = 4_294_967_296 - (4_294_967_296 % n);
    let value = this.uint32();
    while (value >= limit) value = this.uint32();
    return value % n;
  }

  /** Standard normal deviate (Marsaglia's polar method). */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare;
      this.spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.spare = v * factor;
        return u * factor;
      }
    }
  }

  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    return items;
  }

  /** The integers 0 ... n-1 in random order. */
  permutation(n: number): Uint32Array {
    return this.shuffle(Uint32Array.from({ length: n }, (_, i) => i));
  }
}
