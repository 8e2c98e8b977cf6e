// The network with written-down weights is right on every lattice there is.
import { describe, expect, it } from 'vitest';
import { violatedPlaquettes } from '../../../../domains/phases-of-matter/bonds/plaquettes.ts';
import { plaquetteFilters, toyCnn } from '../../../../domains/phases-of-matter/bonds/toy-cnn.ts';
import { everyLattice } from './enumerate-bonds.ts';

describe('toyCnn', () => {
  it('has a filter for each sign pattern, those of product +1 first', () => {
    expect(new Set(plaquetteFilters.map((filter) => filter.join())).size).toBe(16);
    const products = plaquetteFilters.map((filter) => filter.reduce((p, s) => p * s, 1));
    expect(products).toEqual([...Array(8).fill(1), ...Array(8).fill(-1)]);
  });

  it.each([2, 3])('calls ground states just those of L = %i, out of all lattices', (size) => {
    let wrong = 0;
    everyLattice(size, (spins) => {
      if (toyCnn(spins, size) !== (violatedPlaquettes(spins, size) === 0)) wrong++;
    });
    expect(wrong).toBe(0);
  });

  it('finds two violated plaquettes among 256', () => {
    const spins = new Int8Array(512).fill(1);
    expect(toyCnn(spins, 16)).toBe(true);
    for (const bond of [0, 1, 300, 511]) {
      const flipped = spins.slice();
      flipped[bond] = -1;
      expect(toyCnn(flipped, 16)).toBe(false);
    }
  });
});
