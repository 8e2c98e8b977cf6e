// AssemblyScript, not TypeScript: `npm run build:wasm` compiles it into ../kernel-bytes.ts. One Metropolis sweep of 128
// replicas at once, one replica in each bit of a 128-bit vector: spins, neighbours and random numbers are all such vectors,
// and the replicas share nothing but their temperature. A flip that costs energy is accepted when a uniform random number
// u < p = exp(-dE/T). Bits of u and p are compared from the most significant one on, and a replica is decided by the first
// that differ; the loop ends when no replica is open, after eight bits or so.
// Generator: xoshiro256++ 1.0 (Blackman and Vigna, https://prng.di.unimi.it), one in each 64-bit half.

/** Bits of p that are compared. */
const precision: i32 = 66;

@inline
function rotateLeft(x: v128, k: i32): v128 {
  return v128.or(i64x2.shl(x, k), i64x2.shr_u(x, 64 - k));
}

/** Output of the generator from its first and last word. */
@inline
function output(s0: v128, s3: v128): v128 {
  return i64x2.add(rotateLeft(i64x2.add(s0, s3), 23), s0);
}

/** One bit of p for every replica, by the number of its neighbours that point the other way: none, one, or two (z = 6). */
@inline
function bitOfP(z: i32, row: usize, offset: usize, one: v128, two: v128): v128 {
  const p = v128.bitselect(v128.load(row + offset, 16), v128.load(row + offset), one);
  return z == 6 ? v128.bitselect(v128.load(row + offset, 32), p, two) : p;
}

/**
 * order: for every site, in the order of updates, byte offsets of its spin and of its z neighbours; u32 [sites, 1 + z].
 * spins: 128 bits a site, a set bit is spin -1. thresholds: bits of p, most significant first, for none, one and two
 * neighbours that point the other way, all ones or all zeros; [66, 3] of 128 bits.
 * lazy: not 0 to leave every spin as it is with probability 1/2, whatever it would do. state: of the generator, [4] of 128 bits.
 */
@inline
function sweep(z: i32, order: usize, sites: i32, spins: usize, thresholds: usize, state: usize, lazy: i32): void {
  let s0 = v128.load(state);
  let s1 = v128.load(state, 16);
  let s2 = v128.load(state, 32);
  let s3 = v128.load(state, 48);
  const stride: usize = 4 * (1 + z);
  const end: usize = order + <usize>sites * stride;
  const lastRow: usize = thresholds + 48 * precision;
  for (let entry = order; entry < end; entry += stride) {
    const address = spins + <usize>load<u32>(entry);
    const spin = v128.load(address);
    const a = v128.xor(spin, v128.load(spins + <usize>load<u32>(entry, 4)));
    const b = v128.xor(spin, v128.load(spins + <usize>load<u32>(entry, 8)));
    const c = v128.xor(spin, v128.load(spins + <usize>load<u32>(entry, 12)));
    const d = v128.xor(spin, v128.load(spins + <usize>load<u32>(entry, 16)));
    // How many of the z neighbours point the other way: at least one, at least two, at least half of them.
    let one: v128;
    let two = spin;
    let flip: v128;
    if (z == 4) {
      const ab = v128.or(a, b);
      const cd = v128.or(c, d);
      one = v128.or(ab, cd);
      flip = v128.or(v128.or(v128.and(a, b), v128.and(c, d)), v128.and(ab, cd));
    } else {
      const e = v128.xor(spin, v128.load(spins + <usize>load<u32>(entry, 20)));
      const f = v128.xor(spin, v128.load(spins + <usize>load<u32>(entry, 24)));
      const ab = v128.xor(a, b);
      const de = v128.xor(d, e);
      const sum1 = v128.xor(ab, c);
      const sum2 = v128.xor(de, f);
      const carry1 = v128.or(v128.and(a, b), v128.and(ab, c));
      const carry2 = v128.or(v128.and(d, e), v128.and(de, f));
      const carry = v128.or(carry1, carry2);
      const sum = v128.or(sum1, sum2);
      one = v128.or(carry, sum);
      two = v128.or(carry, v128.and(sum1, sum2));
      flip = v128.or(v128.and(carry1, carry2), v128.and(carry, sum));
    }
    let open = v128.not(flip);
    let t: v128;
    if (lazy) {
      const awake = output(s0, s3);
      t = i64x2.shl(s1, 17);
      s2 = v128.xor(s2, s0); s3 = v128.xor(s3, s1); s1 = v128.xor(s1, s2); s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, t); s3 = rotateLeft(s3, 45);
      flip = v128.and(flip, awake);
      open = v128.and(open, awake);
    }
    let row = thresholds;
    // Three bits a turn: V8 looks for interrupts at every turn of a loop, which costs a quarter of the speed.
    while (v128.any_true(open) && row < lastRow) {
      let p = bitOfP(z, row, 0, one, two);
      let decided = v128.and(open, v128.xor(output(s0, s3), p));
      t = i64x2.shl(s1, 17);
      s2 = v128.xor(s2, s0); s3 = v128.xor(s3, s1); s1 = v128.xor(s1, s2); s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, t); s3 = rotateLeft(s3, 45);
      flip = v128.or(flip, v128.and(decided, p));
      open = v128.andnot(open, decided);

      p = bitOfP(z, row, 48, one, two);
      decided = v128.and(open, v128.xor(output(s0, s3), p));
      t = i64x2.shl(s1, 17);
      s2 = v128.xor(s2, s0); s3 = v128.xor(s3, s1); s1 = v128.xor(s1, s2); s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, t); s3 = rotateLeft(s3, 45);
      flip = v128.or(flip, v128.and(decided, p));
      open = v128.andnot(open, decided);

      p = bitOfP(z, row, 96, one, two);
      decided = v128.and(open, v128.xor(output(s0, s3), p));
      t = i64x2.shl(s1, 17);
      s2 = v128.xor(s2, s0); s3 = v128.xor(s3, s1); s1 = v128.xor(s1, s2); s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, t); s3 = rotateLeft(s3, 45);
      flip = v128.or(flip, v128.and(decided, p));
      open = v128.andnot(open, decided);
      row += 144;
    }
    v128.store(address, v128.xor(spin, flip));
  }
  v128.store(state, s0);
  v128.store(state, s1, 16);
  v128.store(state, s2, 32);
  v128.store(state, s3, 48);
}

/** Four neighbours: the square lattice. */
export function sweep4(order: usize, sites: i32, spins: usize, thresholds: usize, state: usize, lazy: i32): void {
  sweep(4, order, sites, spins, thresholds, state, lazy);
}

/** Six neighbours: the triangular lattice. */
export function sweep6(order: usize, sites: i32, spins: usize, thresholds: usize, state: usize, lazy: i32): void {
  sweep(6, order, sites, spins, thresholds, state, lazy);
}
