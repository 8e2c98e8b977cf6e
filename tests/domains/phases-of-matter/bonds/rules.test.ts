// The two rules that ground states obey, counted over every lattice of a small size.
import { describe, expect, it } from 'vitest';
import {
  plaquetteProducts,
  violatedPlaquettes,
} from '../../../../domains/phases-of-matter/bonds/plaquettes.ts';
import { vertexCharges, violatedVertices } from '../../../../domains/phases-of-matter/bonds/vertices.ts';
import { gaugeGroundStateBits } from '../../../../domains/phases-of-matter/exact/gauge-theory.ts';
import { finiteIce, groundStateShare } from '../../../../domains/phases-of-matter/exact/square-ice.ts';
import { everyLattice } from './enumerate-bonds.ts';

describe('the ice rule', () => {
  it('is obeyed by the 18 ground states of L = 2 (transfer matrix) and no other', () => {
    let states = 0;
    let violated = 0;
    everyLattice(2, (spins) => {
      const count = violatedVertices(spins, 2);
      if (count === 0) states++;
      violated += count;
    });
    expect(states).toBe(finiteIce(2).states);
    expect(states / 256).toBe(groundStateShare(2));
    // 6 of the 16 ways to set four spins have two up.
    expect(violated / (4 * 256)).toBe(10 / 16);
  });

  it('sees the four bonds of each vertex', () => {
    const spins = new Int8Array(18).fill(1);
    spins[2 * 4] = -1; // the bond from the middle vertex to the right one
    expect([...vertexCharges(spins, 3)]).toEqual([4, 4, 4, 4, 2, 2, 4, 4, 4]);
    spins[2 * 4] = 1;
    spins[2 * 4 + 1] = -1; // the bond from the middle vertex down
    expect([...vertexCharges(spins, 3)]).toEqual([4, 4, 4, 4, 2, 4, 4, 2, 4]);
  });

  it('is a matter of chance for no larger lattice, and the share goes on as W^(L^2)', () => {
    // ln of the share per vertex: Lieb's constant; finite lattices of L = 8 are above it by their prefactor.
    expect(Math.log(groundStateShare(8)) / 64).toBeCloseTo(Math.log(groundStateShare(16)) / 256, 1);
    expect(groundStateShare(16)).toBeLessThan(1e-100);
    expect(groundStateShare(64)).toBe(0);
    expect(() => groundStateShare(9)).toThrow('square ice of size 9');
  });
});

describe('plaquettes', () => {
  it.each([2, 3])(
    'of all lattices of L = %i are violated in pairs, and 2^(L^2 + 1) lattices violate none',
    (size) => {
      let states = 0;
      let odd = 0;
      everyLattice(size, (spins) => {
        const violated = violatedPlaquettes(spins, size);
        if (violated === 0) states++;
        odd += violated % 2;
      });
      expect(odd).toBe(0);
      expect(states).toBe(2 ** gaugeGroundStateBits(size));
    },
  );

  it('lie on either side of a bond', () => {
    const spins = new Int8Array(18).fill(1);
    spins[2 * 4] = -1; // to the right of the middle vertex: plaquettes above and below
    expect([...plaquetteProducts(spins, 3)]).toEqual([1, -1, 1, 1, -1, 1, 1, 1, 1]);
    spins[2 * 4] = 1;
    spins[2 * 4 + 1] = -1; // below it: plaquettes left and right
    expect([...plaquetteProducts(spins, 3)]).toEqual([1, 1, 1, -1, -1, 1, 1, 1, 1]);
  });
});
