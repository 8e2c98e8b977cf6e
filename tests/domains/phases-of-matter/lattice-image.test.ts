import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { latticeImage } from '../../../domains/phases-of-matter/lattice-image.ts';

describe('latticeImage', () => {
  it('draws each spin as a block, lattices side by side with a transparent gap', async () => {
    const png = await latticeImage([
      { size: 2, temperature: 2, spins: [1, -1, -1, 1] },
      { size: 4, temperature: 2, spins: new Array(16).fill(-1) },
    ]);
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    // Two squares of 240 pixels and a gap of 16 between them.
    expect([info.width, info.height]).toEqual([496, 240]);
    const at = (x: number, y: number) => [...data.subarray((y * 496 + x) * 4, (y * 496 + x) * 4 + 4)];
    const [up, down] = [at(0, 0), at(239, 0)];
    expect(up).not.toEqual(down);
    expect([at(119, 119), at(120, 119), at(119, 120), at(239, 239)]).toEqual([up, down, down, up]);
    expect(at(248, 100)[3]).toBe(0);
    expect([at(256, 0), at(495, 239)]).toEqual([down, down]);
  });
});
