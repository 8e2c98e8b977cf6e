import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { latticeImage } from '../../../domains/phases-of-matter/lattice-image.ts';

describe('latticeImage', () => {
  it('draws each spin as a block, lattices apart, in reading order', async () => {
    const lattices = [
      { size: 2, spins: [1, -1, -1, 1] },
      { size: 4, spins: new Int8Array(16).fill(-1) },
      { size: 2, spins: [1, 1, 1, 1] },
    ];
    const png = await latticeImage(lattices, { cell: 8, gap: 2, columns: 2 });
    const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    // Two columns and two rows of 8 pixels, three gaps of 2 each way.
    expect([info.width, info.height, info.channels]).toEqual([22, 22, 3]);
    const at = (x: number, y: number) => [...data.subarray((y * 22 + x) * 3, (y * 22 + x) * 3 + 3)];
    const [up, down, white] = [
      [0, 114, 178],
      [255, 214, 138],
      [255, 255, 255],
    ];
    expect([at(2, 2), at(5, 5), at(6, 2), at(2, 6), at(9, 9)]).toEqual([up, up, down, down, up]);
    expect([at(12, 2), at(19, 9)]).toEqual([down, down]);
    expect([at(2, 12), at(9, 19)]).toEqual([up, up]);
    expect([at(0, 0), at(10, 5), at(5, 10), at(15, 15)]).toEqual([white, white, white, white]);
  });

  it('refuses no lattices and a wrong number of spins', async () => {
    await expect(latticeImage([])).rejects.toThrow('expected at least one lattice');
    await expect(latticeImage([{ size: 3, spins: [1] }])).rejects.toThrow(
      'expected 9 spins for L = 3, got 1',
    );
  });
});
