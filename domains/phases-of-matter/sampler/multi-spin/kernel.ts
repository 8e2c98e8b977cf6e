// Loads the compiled sweep (assembly/kernel.ts) and lays out the memory that it works on.
import type { Lattice } from '../lattices/lattice.ts';
import { kernelBytes } from './kernel-bytes.ts';

/** Configurations that the kernel updates at once: the bits of its vectors. */
export const replicas = 128;

/** Bits to which acceptance probabilities are compared with uniform numbers. */
export const precision = 66;

type Sweep = (
  order: number,
  sites: number,
  spins: number,
  thresholds: number,
  state: number,
  lazy: 0 | 1,
) => void;

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly sweep4: Sweep;
  readonly sweep6: Sweep;
}

/** Of the global that every Node has and that TypeScript declares for browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

let compiled: object | undefined;

/** The kernel with the memory of one lattice. */
export interface Kernel {
  /** Spins of all replicas, a set bit for -1: [N, 4] words; replica r is bit r mod 32 of word floor(r / 32). */
  readonly spins: Uint32Array;
  /** State of the generator, [4, 4] words: four vectors of two 64-bit numbers each, low word first. */
  readonly state: Uint32Array;
  /** Bits of acceptance probabilities, all ones or zeros, [66, 3, 4] words; the second axis is for none, one and two
   * neighbours that point the other way. */
  readonly thresholds: Uint32Array;
  /** Updates every site once, one sublattice after the other; when lazy, leaves each alone with probability 1/2. */
  sweep(lazy: boolean): void;
}

/** A kernel for one lattice, square (z = 4) or triangular (z = 6); all of its arrays are zero. */
export function makeKernel({ size, sites, coordination, neighbours, sublattices }: Lattice): Kernel {
  compiled ??= new WebAssembly.Module(Buffer.from(kernelBytes, 'base64'));
  const { memory, sweep4, sweep6 } = new WebAssembly.Instance(compiled).exports as Exports;
  // The compiler keeps the first kilobyte to itself.
  const thresholds = 1024;
  const state = thresholds + precision * 48;
  const spins = state + 64;
  const order = spins + 16 * sites;
  const end = order + 4 * sites * (1 + coordination);
  memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / 65_536)));
  const { buffer } = memory;
  const table = new Uint32Array(buffer, order, sites * (1 + coordination));
  let entry = 0;
  for (let sublattice = 0; sublattice < sublattices; sublattice++) {
    for (let site = 0; site < sites; site++) {
      if ((Math.floor(site / size) + (site % size)) % sublattices !== sublattice) continue;
      table[entry++] = 16 * site;
      for (let k = 0; k < coordination; k++) table[entry++] = 16 * neighbours[coordination * site + k];
    }
  }
  const sweep = coordination === 4 ? sweep4 : sweep6;
  return {
    spins: new Uint32Array(buffer, spins, 4 * sites),
    state: new Uint32Array(buffer, state, 16),
    thresholds: new Uint32Array(buffer, thresholds, precision * 12),
    sweep: (lazy) => sweep(order, sites, spins, thresholds, state, lazy ? 1 : 0),
  };
}
