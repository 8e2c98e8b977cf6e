// Lattices of spins side by side as a PNG, one square of pixels for each spin.
import sharp from 'sharp';
import type { SampleLattice } from './curves.ts';

/** Side of one lattice in the picture and the space between two, in pixels. */
const side = 240;
const gap = 16;

/** Up is dark blue, down a pale yellow: apart in brightness too, for eyes and printers without colour. */
const colours = { up: [0, 60, 120], down: [250, 225, 140] } as const;

/** @returns bytes of a PNG with a transparent background */
export async function latticeImage(lattices: readonly SampleLattice[]): Promise<Uint8Array> {
  const pictures = await Promise.all(
    lattices.map(({ size, spins }) => {
      const pixels = Uint8Array.from(spins.flatMap((spin) => (spin > 0 ? colours.up : colours.down)));
      return sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
        .resize(side, side, { kernel: 'nearest' })
        .png()
        .toBuffer();
    }),
  );
  const width = lattices.length * (side + gap) - gap;
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp({ create: { width, height: side, channels: 4, background } })
    .composite(pictures.map((input, i) => ({ input, left: i * (side + gap), top: 0 })))
    .png()
    .toBuffer();
}
