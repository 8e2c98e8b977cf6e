// Pictures by the folders of their classes, and pictures brought to a square.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findClassFolders, readGrey, squareOf } from '../../../data-adapters/pictures/index.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  for (const name of ['b10', 'b9', 'a', '.hidden', 'empty']) mkdirSync(join(folder, name));
  const picture = sharp(Buffer.from([0, 255, 255, 0]), { raw: { width: 2, height: 2, channels: 1 } });
  const png = await picture.png().toBuffer();
  for (const path of ['b10/1.png', 'b9/10.png', 'b9/9.PNG', 'a/x.jpg', '.hidden/1.png', 'loose.png'])
    writeFileSync(join(folder, path), png);
  writeFileSync(join(folder, 'a', 'notes.txt'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('class folders', () => {
  it('are found in the order of their numbers, without what is hidden, empty or no picture', async () => {
    const { classes, pictures } = await findClassFolders(folder);
    expect(classes).toEqual(['a', 'b9', 'b10']);
    expect(pictures.map(({ path, label }) => [path.slice(folder.length + 1), label])).toEqual([
      [join('a', 'x.jpg'), 0],
      [join('b9', '9.PNG'), 1],
      [join('b9', '10.png'), 1],
      [join('b10', '1.png'), 2],
    ]);
  });

  it.each([
    ['a', 'holds no folder of pictures'],
    ['nowhere', 'no such file or folder'],
    ['loose.png', 'no such file or folder'],
  ])('are missed in %s', async (name, message) => {
    await expect(findClassFolders(join(folder, name))).rejects.toThrow(message);
  });

  it('must be two at least', async () => {
    const one = join(folder, 'empty');
    mkdirSync(join(one, 'cats'));
    writeFileSync(join(one, 'cats', '1.png'), '');
    await expect(findClassFolders(one)).rejects.toThrow('holds pictures of cats alone; put the pictures');
  });
});

describe('a square of greys', () => {
  it('is the picture itself where that has the size', async () => {
    expect([...squareOf(await readGrey(join(folder, 'b10', '1.png')), 2)]).toEqual([0, 1, 1, 0]);
  });

  it('has the mean of the pixels that fall into each of its own', () => {
    const grey = Float32Array.of(0, 1, 0.5, 0.5, 1, 0, 0.25, 0.75);
    // 4 x 2 pixels squeezed into one, and into 2 x 2: each of two pixels side by side.
    expect(squareOf({ width: 4, height: 2, grey }, 1)[0]).toBeCloseTo(0.5, 6);
    expect([...squareOf({ width: 4, height: 2, grey }, 2)]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it('keeps a picture of one grey as it is, whatever its size', () => {
    const sides = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(sides, sides, sides, (width, height, side) => {
        const square = squareOf({ width, height, grey: new Float32Array(width * height).fill(0.75) }, side);
        expect(square).toHaveLength(side * side);
        // Weights of single precision add to 1 within some roundings of 6e-8.
        for (const value of square) expect(Math.abs(value - 0.75)).toBeLessThan(1e-5);
      }),
      { numRuns: 50 },
    );
  });
});
