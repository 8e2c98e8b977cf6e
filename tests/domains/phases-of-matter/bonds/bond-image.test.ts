import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bondImage } from '../../../../domains/phases-of-matter/bonds/bond-image.ts';

describe('bondImage', () => {
  it('draws the bonds of each vertex in the colour of their spins, and the marks', async () => {
    const spins = [1, -1, -1, 1, 1, 1, -1, -1];
    const vertices = [false, true, false, false];
    const plaquettes = [true, false, false, false];
    const png = await bondImage([{ size: 2, spins, vertices, plaquettes }], { spacing: 10, gap: 4 });
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    // Two vertices 10 pixels apart and 4 of margin on either side; bonds are 10 / 5 = 2 thick.
    expect([info.width, info.height]).toEqual([28, 28]);
    const at = (x: number, y: number) => [...data.subarray((y * 28 + x) * 3, (y * 28 + x) * 3 + 3)];
    const [up, down, white] = [
      [0, 114, 178],
      [255, 196, 77],
      [255, 255, 255],
    ];
    // To the right of and below the first vertex, then of the second.
    expect([at(9, 4), at(4, 9), at(19, 5), at(15, 9)]).toEqual([up, down, down, up]);
    expect(at(14, 4)).toEqual([31, 35, 40]);
    expect([at(10, 10), at(20, 10), at(10, 20)]).toEqual([[200, 204, 209], white, white]);
  });

  it('refuses no lattices and a wrong number of spins', async () => {
    await expect(bondImage([])).rejects.toThrow('expected at least one lattice');
    await expect(bondImage([{ size: 2, spins: [1, 1, 1, 1] }])).rejects.toThrow(
      'expected 8 spins for L = 2, got 4',
    );
  });
});
