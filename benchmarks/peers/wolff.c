/* Wolff's single-cluster algorithm in plain C, the peer of benchmarks/wolff-sampler.ts: same lattice, same generator, same
   order of work. cc -O3 -march=native -o wolff wolff.c -lm;  ./wolff L T flips  prints ns per flipped spin and <c>/N. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint32_t s[4] = {0x9368e53c, 0x586dcd20, 0x8b9d2ff4, 0x3f5c2b17};

static inline uint32_t rotl(uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }

static inline uint32_t next(void) { /* xoshiro128** 1.1 */
  const uint32_t result = rotl(s[1] * 5, 7) * 9, t = s[1] << 9;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotl(s[3], 11);
  return result;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const int size = atoi(argv[1]), sites = size * size;
  const double temperature = atof(argv[2]), wanted = atof(argv[3]);
  const uint32_t threshold = (uint32_t)(-expm1(-2 / temperature) * 4294967296.0);
  int8_t *spins = malloc(sites);
  int32_t *neighbours = malloc(4 * sites * sizeof *neighbours), *stack = malloc(sites * sizeof *stack);
  for (int i = 0; i < sites; i++) {
    const int row = i / size, column = i % size;
    spins[i] = 1;
    neighbours[4 * i] = row * size + (column + 1) % size;
    neighbours[4 * i + 1] = row * size + (column + size - 1) % size;
    neighbours[4 * i + 2] = (row + 1) % size * size + column;
    neighbours[4 * i + 3] = (row + size - 1) % size * size + column;
  }
  double start = now(), flips = 0, clusters = 0;
  for (int warm = 1; warm >= 0; warm--) {
    const double goal = warm ? wanted / 4 : wanted;
    start = now();
    flips = clusters = 0;
    while (flips < goal) {
      const int seed = next() % sites, old = spins[seed];
      int height = 1, grown = 1;
      spins[seed] = -old;
      stack[0] = seed;
      while (height > 0) {
        const int first = 4 * stack[--height];
        for (int k = first; k < first + 4; k++) {
          const int site = neighbours[k];
          if (spins[site] == old && next() < threshold) {
            spins[site] = -old;
            stack[height++] = site;
            grown++;
          }
        }
      }
      flips += grown;
      clusters++;
    }
  }
  printf("%.3f %.4f\n", (now() - start) / flips, flips / clusters / sites);
  return 0;
}
