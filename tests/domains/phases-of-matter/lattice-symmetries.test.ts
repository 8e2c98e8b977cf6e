// Symmetries move a lattice without changing what physics sees of it.
import { expect, it } from 'vitest';
import { RandomStream } from '../../../core/random.ts';
import { moveAtRandom } from '../../../domains/phases-of-matter/lattice-symmetries.ts';
import { energyPerSpin, magnetisation } from '../../../domains/phases-of-matter/observables.ts';

const size = 3;
const random = new RandomStream(1, 'symmetries');

it('keeps energy and magnetisation', () => {
  const lattice = Int8Array.from({ length: 36 }, () => 2 * random.integer(2) - 1);
  const moved = new Int8Array(36);
  for (let i = 0; i < 100; i++) {
    moveAtRandom(lattice, moved, 6, random);
    expect(energyPerSpin(moved, 6)).toBeCloseTo(energyPerSpin(lattice, 6), 12);
    expect(magnetisation(moved)).toBeCloseTo(magnetisation(lattice), 12);
  }
});

it('draws all 8 L^2 symmetries alike, none of which maps two sites onto one', () => {
  const sites = Int8Array.from({ length: size ** 2 }, (_, i) => i);
  const moved = new Int8Array(size ** 2);
  const seen = new Map<string, number>();
  const draws = 7200;
  for (let i = 0; i < draws; i++) {
    moveAtRandom(sites, moved, size, random);
    expect([...moved].sort((a, b) => a - b)).toEqual([...sites]);
    seen.set(String(moved), (seen.get(String(moved)) ?? 0) + 1);
  }
  expect(seen.size).toBe(8 * size ** 2);
  const expected = draws / (8 * size ** 2);
  const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
  // 71 degrees of freedom: mean 71, standard deviation 12; five of them above the mean, one seed.
  expect(chiSquare).toBeLessThan(71 + 5 * 12);
});
