// What every reader of this adapter returns: the configurations of one file or array, as spins of -1 and +1.
import { UserError } from '../../core/errors.ts';

/** Square lattices of one size. */
export interface Configurations {
  /** How messages call them: a path, or `spins.npz: lattices`. */
  readonly where: string;
  /** Side L of the lattice. */
  readonly size: number;
  /** `count * L * L` spins of -1 and +1, row by row. */
  readonly spins: Int8Array;
  /** Temperature of each configuration, in units of J/k_B, where the file gives it. */
  readonly temperatures?: Float64Array;
}

/** Number of configurations. */
export const countOf = ({ spins, size }: Configurations): number => spins.length / (size * size);

/** What is known about a table or array before its meaning is decided. */
export interface ShapeHints {
  /** Side of the lattice, when the user gave it. */
  readonly size?: number;
  /** Side of the lattice that the file's name tells; used only where the numbers leave a choice. */
  readonly likelySize?: number;
  /** Number of temperatures in a file of their own. */
  readonly temperatures?: number;
  /** Reads n rows of n numbers as one lattice where they might also be n lattices (n a square number). */
  readonly preferOne?: boolean;
}

/** The root of a square number; undefined for any other. */
export function squareRoot(n: number): number | undefined {
  const root = Math.round(Math.sqrt(n));
  return root * root === n ? root : undefined;
}

const checkSize = (size: number, where: string): number => {
  if (size >= 2) return size;
  throw new UserError({
    what: `holds lattices of side ${size}, expected 2 or more`,
    where,
    how: 'give L x L spins',
  });
};

/**
 * Side L of the lattices in `rows` rows of `columns` spins: one L x L lattice, or one flattened configuration a row.
 *
 * @throws UserError when it is neither, and when it may be both and no hint decides
 */
export function latticeSize(rows: number, columns: number, hints: ShapeHints, where: string): number {
  const flattened = squareRoot(columns);
  const isOne = rows === columns && (hints.size === undefined || hints.size === rows);
  const isMany = flattened !== undefined && (hints.size === undefined || hints.size === flattened);
  if (isOne && isMany && rows > 1) {
    if (hints.preferOne || hints.temperatures === 1) return rows;
    if (hints.temperatures === rows) return flattened;
    if (hints.likelySize === rows || hints.likelySize === flattened) return hints.likelySize;
    throw new UserError({
      what: `${rows} rows of ${columns} spins are one lattice of L = ${rows} or ${rows} of L = ${flattened}`,
      where,
      how: `set source.size to ${rows} or ${flattened}`,
    });
  }
  if (isOne) return checkSize(rows, where);
  if (isMany) return checkSize(flattened, where);
  const wanted = hints.size === undefined ? '' : ` of side ${hints.size}`;
  throw new UserError({
    what: `has ${rows} row${rows === 1 ? '' : 's'} of ${columns} numbers, which are no square lattices${wanted}`,
    where,
    how: 'give L rows of L spins, or a row of L*L spins for each configuration (and its temperature)',
  });
}

/**
 * Side L of the lattices in an array of the given shape: `(n, L, L)`, a flattened `(n, L*L)` or one lattice `(L, L)`;
 * of four dimensions, one of which is 1 (a channel), as for three.
 *
 * @throws UserError for any other shape
 */
export function latticeSizeOfArray(shape: readonly number[], hints: ShapeHints, where: string): number {
  const channel = shape.length === 4 ? [3, 1].find((d) => shape[d] === 1) : undefined;
  const dimensions = channel === undefined ? shape : shape.filter((_, d) => d !== channel);
  if (dimensions.length > 0 && dimensions[0] === 0) {
    throw new UserError({ what: 'holds no configuration (0 rows)', where, how: 'check how it was written' });
  }
  if (dimensions.length === 2) return latticeSize(dimensions[0], dimensions[1], hints, where);
  if (dimensions.length === 3 && dimensions[1] === dimensions[2]) {
    const size = checkSize(dimensions[1], where);
    if (hints.size === undefined || hints.size === size) return size;
    throw new UserError({
      what: `holds lattices of L = ${size}, expected L = ${hints.size}`,
      where,
      how: 'correct source.size or leave it out',
    });
  }
  throw new UserError({
    what: `has shape (${shape.join(', ')}), expected square lattices (n, L, L), (n, L*L) or (L, L)`,
    where,
    how: 'reshape the array',
  });
}
