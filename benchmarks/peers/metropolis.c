/* Metropolis sweeps of the square-lattice Ising ferromagnet in plain C, the peers of benchmarks/lattice-samplers.ts:
   scalar   one lattice, a 32-bit random number for each spin whose flip costs energy;
   bits     64 replicas in the bits of a word, random bits of its own for each, compared with p from the first bit on.
   cc -O3 -march=native -o metropolis metropolis.c -lm;  ./metropolis scalar|bits L T flips  prints flips/ns and e. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t s[4] = {0x9368e53c586dcd20, 0x8b9d2ff43f5c2b17, 0x239b961bab0e9789, 0x38b34ae5a1e38b93};

static inline uint64_t rotl(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t next(void) { /* xoshiro256++ 1.0 */
  const uint64_t result = rotl(s[0] + s[3], 23) + s[0], t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotl(s[3], 45);
  return result;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static int size, sites;
static int32_t *order, *neighbours;

static void sweep_scalar(int8_t *spins, const uint32_t *threshold) {
  for (int i = 0; i < sites; i++) {
    const int site = order[i];
    const int32_t *n = neighbours + 4 * site;
    const int cost = spins[site] * (spins[n[0]] + spins[n[1]] + spins[n[2]] + spins[n[3]]);
    if (cost <= 0 || (uint32_t)next() < threshold[cost / 2]) spins[site] = -spins[site];
  }
}

static void sweep_bits(uint64_t *spins, const uint64_t *p4, const uint64_t *p8) {
  for (int i = 0; i < sites; i++) {
    const int site = order[i];
    const int32_t *n = neighbours + 4 * site;
    const uint64_t spin = spins[site];
    const uint64_t a = spin ^ spins[n[0]], b = spin ^ spins[n[1]], c = spin ^ spins[n[2]], d = spin ^ spins[n[3]];
    const uint64_t one = a | b | c | d;
    uint64_t flip = (a & b) | (c & d) | ((a | b) & (c | d)), open = ~flip;
    for (int bit = 0; open && bit < 64; bit++) {
      const uint64_t p = (p4[bit] & one) | (p8[bit] & ~one), decided = open & (next() ^ p);
      flip |= decided & p;
      open &= ~decided;
    }
    spins[site] = spin ^ flip;
  }
}

static void digits(double p, uint64_t *out) {
  for (int i = 0; i < 64; i++) {
    p *= 2;
    out[i] = p >= 1 ? ~0ull : 0;
    if (p >= 1) p -= 1;
  }
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  const int bits = strcmp(argv[1], "bits") == 0;
  size = atoi(argv[2]);
  sites = size * size;
  const double temperature = atof(argv[3]), wanted = atof(argv[4]);
  order = malloc(sites * sizeof *order);
  neighbours = malloc(4 * sites * sizeof *neighbours);
  int place = 0;
  for (int colour = 0; colour < 2; colour++)
    for (int i = 0; i < sites; i++)
      if ((i / size + i % size) % 2 == colour) order[place++] = i;
  for (int i = 0; i < sites; i++) {
    const int row = i / size, column = i % size;
    neighbours[4 * i] = row * size + (column + 1) % size;
    neighbours[4 * i + 1] = row * size + (column + size - 1) % size;
    neighbours[4 * i + 2] = (row + 1) % size * size + column;
    neighbours[4 * i + 3] = (row + size - 1) % size * size + column;
  }
  const double w4 = exp(-4 / temperature), w8 = exp(-8 / temperature);
  const uint32_t threshold[3] = {0, (uint32_t)(w4 * 4294967296.0), (uint32_t)(w8 * 4294967296.0)};
  uint64_t p4[64], p8[64];
  digits(w4, p4);
  digits(w8, p8);
  int8_t *scalar = malloc(sites);
  uint64_t *words = calloc(sites, sizeof *words);
  memset(scalar, 1, sites);
  const long sweeps = (long)(wanted / sites / (bits ? 64 : 1)) + 1;
  double start = now();
  for (int warm = 1; warm >= 0; warm--) {
    start = now();
    for (long i = 0; i < (warm ? sweeps / 4 + 1 : sweeps); i++) {
      if (bits) sweep_bits(words, p4, p8);
      else sweep_scalar(scalar, threshold);
    }
  }
  const double flips = (double)sweeps * sites * (bits ? 64 : 1), time = now() - start;
  double energy = 0;
  for (int i = 0; i < sites; i++)
    for (int k = 0; k < 4; k += 2) {
      const int j = neighbours[4 * i + k];
      energy -= bits ? 1 - 2.0 * __builtin_popcountll(words[i] ^ words[j]) / 64 : scalar[i] * scalar[j];
    }
  printf("%.4f %.4f\n", flips / time, energy / sites);
  return 0;
}
