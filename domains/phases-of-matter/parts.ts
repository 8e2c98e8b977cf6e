// Names by which a run's datasets and networks are kept: L20, and L20-2 for the second of its networks.
import type { Parts } from '../../data-adapters/dataset.ts';

/** Lattice sizes of the parts, ascending. */
export const sizesOf = (parts: Parts): number[] =>
  Object.values(parts)
    .map((dataset) => dataset.column('spins').shape[0])
    .sort((a, b) => a - b);

/** Id of one of the networks of a lattice size; `member` counts from 0. */
export const networkId = (size: number, member: number): string => `L${size}-${member + 1}`;

/** Size of square lattices that a network takes, from its id; NaN for the networks of other lattices. */
export const sizeOfNetwork = (id: string): number => Number(/^L(\d+)-/.exec(id)?.[1] ?? Number.NaN);

/** Sizes of square lattices that the networks of these ids take, ascending; those of other lattices are left out. */
export const sizesOfNetworks = (ids: readonly string[]): number[] =>
  [...new Set(ids.map(sizeOfNetwork))].filter((size) => size > 0).sort((a, b) => a - b);

/** True for the names of parts that hold lattices of the square lattice: `L20`, as simulated and as read. */
export const isLatticePart = (name: string): boolean => /^L\d+$/.test(name);
