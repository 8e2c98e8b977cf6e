// Sample lattices as a picture: one square for each lattice, side by side with clear gaps, each spin a small block.
// The two colours differ in lightness as well as in hue (blue and orange of Okabe and Ito), for every kind of
// colour vision and for print.
import sharp from 'sharp';

/** A configuration to show. */
export interface LatticeToShow {
  /** Linear size L. */
  readonly size: number;
  /** -1 and +1, row-major, [L, L]. */
  readonly spins: ArrayLike<number>;
}

export interface LatticeImageOptions {
  /** Pixels across one lattice at most; 240 by default. A larger lattice takes one pixel a spin. */
  readonly cell?: number;
  /** White pixels between lattices; 12 by default. */
  readonly gap?: number;
  /** Lattices in a row; all in one row up to 6 by default. */
  readonly columns?: number;
}

const up = [0, 114, 178];
const down = [255, 214, 138];

/**
 * PNG of the given lattices in reading order, each enlarged by a whole factor (nearest neighbour) and centred in its cell.
 *
 * @throws RangeError when there is no lattice or one does not hold L^2 spins
 */
export async function latticeImage(
  lattices: readonly LatticeToShow[],
  { cell: wanted = 240, gap = 12, columns = Math.min(lattices.length, 6) }: LatticeImageOptions = {},
): Promise<Uint8Array> {
  if (lattices.length === 0) throw new RangeError('latticeImage: expected at least one lattice, got none');
  for (const { size, spins } of lattices) {
    if (spins.length !== size * size) {
      throw new RangeError(
        `latticeImage: expected ${size * size} spins for L = ${size}, got ${spins.length}`,
      );
    }
  }
  const factors = lattices.map(({ size }) => Math.max(1, Math.floor(wanted / size)));
  const cell = Math.max(...lattices.map(({ size }, i) => size * factors[i]));
  const rows = Math.ceil(lattices.length / columns);
  const width = columns * cell + (columns + 1) * gap;
  const height = rows * cell + (rows + 1) * gap;
  const pixels = new Uint8Array(width * height * 3).fill(255);
  lattices.forEach(({ size, spins }, index) => {
    const factor = factors[index];
    const margin = Math.floor((cell - size * factor) / 2);
    const left = gap + (index % columns) * (cell + gap) + margin;
    const top = gap + Math.floor(index / columns) * (cell + gap) + margin;
    for (let y = 0; y < size * factor; y++) {
      for (let x = 0; x < size * factor; x++) {
        const spin = spins[Math.floor(y / factor) * size + Math.floor(x / factor)];
        pixels.set(spin > 0 ? up : down, ((top + y) * width + left + x) * 3);
      }
    }
  });
  return new Uint8Array(
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png({ palette: true })
      .toBuffer(),
  );
}
