// Lattices of bonds as a picture: each bond a bar in the colour of its spin, and where a rule is violated a dark block on
// the vertex or a grey plaquette. Colours as in lattice-image.ts.
import sharp from 'sharp';

/** A configuration to show. */
export interface BondsToShow {
  /** Linear size L. */
  readonly size: number;
  /** -1 and +1, [L, L, 2]: of each vertex the bond to its right, then the one below it. */
  readonly spins: ArrayLike<number>;
  /** True for vertices to mark, row-major, [L, L]. */
  readonly vertices?: ArrayLike<boolean>;
  /** True for plaquettes to mark. */
  readonly plaquettes?: ArrayLike<boolean>;
}

export interface BondImageOptions {
  /** Pixels from vertex to vertex; 14 by default. */
  readonly spacing?: number;
  /** White pixels between lattices; 16 by default. */
  readonly gap?: number;
}

const up = [0, 114, 178];
const down = [255, 196, 77];
const violatedVertex = [31, 35, 40];
const violatedPlaquette = [200, 204, 209];

/**
 * PNG of the lattices in one row. Bonds that lead around the torus stand at the right and lower edge.
 *
 * @throws RangeError when there is no lattice or one does not hold 2 L^2 spins
 */
export async function bondImage(
  lattices: readonly BondsToShow[],
  { spacing = 14, gap = 16 }: BondImageOptions = {},
): Promise<Uint8Array> {
  if (lattices.length === 0) throw new RangeError('bondImage: expected at least one lattice, got none');
  for (const { size, spins } of lattices) {
    if (spins.length !== 2 * size * size) {
      throw new RangeError(
        `bondImage: expected ${2 * size * size} spins for L = ${size}, got ${spins.length}`,
      );
    }
  }
  const thickness = Math.max(1, Math.round(spacing / 5));
  const sides = lattices.map(({ size }) => size * spacing);
  const width = sides.reduce((sum, side) => sum + side + gap, gap);
  const height = Math.max(...sides) + 2 * gap;
  const pixels = new Uint8Array(width * height * 3).fill(255);
  const fill = (left: number, top: number, across: number, along: number, colour: readonly number[]) => {
    for (let y = top; y < top + along; y++) {
      for (let x = left; x < left + across; x++) pixels.set(colour, (y * width + x) * 3);
    }
  };
  let left = gap;
  lattices.forEach(({ size, spins, vertices, plaquettes }, index) => {
    const draw = (mark: (x: number, y: number, vertex: number) => void) => {
      for (let vertex = 0; vertex < size * size; vertex++) {
        mark(left + (vertex % size) * spacing, gap + Math.floor(vertex / size) * spacing, vertex);
      }
    };
    const length = spacing - thickness;
    draw((x, y, vertex) => {
      if (plaquettes?.[vertex]) fill(x + thickness, y + thickness, length, length, violatedPlaquette);
    });
    draw((x, y, vertex) => {
      fill(x + thickness, y, length, thickness, spins[2 * vertex] > 0 ? up : down);
      fill(x, y + thickness, thickness, length, spins[2 * vertex + 1] > 0 ? up : down);
    });
    draw((x, y, vertex) => {
      if (vertices?.[vertex]) fill(x - 1, y - 1, thickness + 2, thickness + 2, violatedVertex);
    });
    left += sides[index] + gap;
  });
  return new Uint8Array(
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png({ palette: true })
      .toBuffer(),
  );
}
