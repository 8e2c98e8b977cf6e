// Loop moves for square ice: Barkema and Newman, Phys. Rev. E 57, 1155 (1998), arXiv:cond-mat/9706190, after Rahman and
// Stillinger (1972). Spins s = +-1 live on the bonds of the square lattice, H = J sum_v Q_v^2 with Q_v the sum of the four
// at vertex v; at T = 0 every Q_v is zero (two up, two down). A walk along bonds of alternating sign, flipped, leads from
// one such state to another. Every walk is as likely as its reverse, so that all states are drawn alike.
import type { RandomStream } from '../../../../core/random.ts';
import type { MarkovChain, Moves } from '../markov-chain.ts';
import { checkEvenSize } from './check-even-size.ts';

/** Where a walk ends: back at its first vertex (long), or at the first vertex that it meets again (short). */
export type LoopKind = 'long' | 'short';

/** One Markov chain of ground states of square ice. Starts ordered: horizontal bonds +1, vertical ones -1. */
export class LoopChain implements MarkovChain {
  /** The bonds, [L, L, 2]: of vertex (row, column) the one to its right, then the one below it. Changed in place. */
  readonly spins: Int8Array;
  private readonly random: RandomStream;
  /** Bonds of each vertex, right, down, left, up: [V, 4]. */
  private readonly bonds: Int32Array;
  /** Vertices at the other ends of them, [V, 4]. */
  private readonly ends: Int32Array;
  /** Of the walk that is under way: its bonds, its vertices, and the step at which it left each vertex, -1 for never. */
  private readonly walk: Int32Array;
  private readonly visited: Int32Array;
  private readonly visits: Int32Array;
  private bits = 0;
  private bitsLeft = 0;

  /**
   * @param size even L >= 2; at L = 2 each pair of neighbouring vertices has two bonds
   * @throws UserError for a size out of range or odd
   */
  constructor(
    readonly size: number,
    readonly kind: LoopKind,
    random: RandomStream,
  ) {
    checkEvenSize(size);
    this.random = random;
    const vertices = size * size;
    this.spins = Int8Array.from({ length: 2 * vertices }, (_, bond) => (bond % 2 === 0 ? 1 : -1));
    this.bonds = new Int32Array(4 * vertices);
    this.ends = new Int32Array(4 * vertices);
    for (let vertex = 0; vertex < vertices; vertex++) {
      const row = Math.floor(vertex / size);
      const column = vertex % size;
      const right = row * size + ((column + 1) % size);
      const left = row * size + ((column + size - 1) % size);
      const down = ((row + 1) % size) * size + column;
      const up = ((row + size - 1) % size) * size + column;
      this.bonds.set([2 * vertex, 2 * vertex + 1, 2 * left, 2 * up + 1], 4 * vertex);
      this.ends.set([right, down, left, up], 4 * vertex);
    }
    this.walk = new Int32Array(vertices + 1);
    this.visits = new Int32Array(vertices).fill(-1);
    this.visited = new Int32Array(vertices + 1);
  }

  advance(loops: number, flips = Number.POSITIVE_INFINITY): Moves {
    let moves = 0;
    let flipped = 0;
    while (moves < loops && flipped < flips) {
      flipped += this.kind === 'long' ? this.longLoop() : this.shortLoop();
      moves++;
    }
    return { moves, flips: flipped };
  }

  /** Flips bonds as it walks: a pair of vertices with three bonds alike is made, and walks until it meets itself. */
  private longLoop(): number {
    const { spins, bonds, ends } = this;
    const start = this.random.integer(this.size * this.size);
    let step = 4 * start + this.bit() + 2 * this.bit();
    for (let length = 1; ; length++) {
      const bond = bonds[step];
      const sign = -spins[bond];
      spins[bond] = sign;
      const vertex = ends[step];
      if (vertex === start) return length;
      step = this.choose(vertex, sign, bond);
    }
  }

  /** Walks, and flips the closed end of the walk only. */
  private shortLoop(): number {
    const { spins, bonds, ends, walk, visits, visited } = this;
    let vertex = this.random.integer(this.size * this.size);
    let step = 4 * vertex + this.bit() + 2 * this.bit();
    let length = 0;
    while (visits[vertex] < 0) {
      visits[vertex] = length;
      visited[length] = vertex;
      const bond = bonds[step];
      walk[length++] = bond;
      vertex = ends[step];
      step = this.choose(vertex, -spins[bond], -1);
    }
    const first = visits[vertex];
    for (let i = 0; i < length; i++) visits[visited[i]] = -1;
    for (let i = first; i < length; i++) spins[walk[i]] = -spins[walk[i]];
    return length - first;
  }

  /** One of the two bonds of a vertex that have this sign, `without` left out, at random; as an index into `bonds`. */
  private choose(vertex: number, sign: number, without: number): number {
    const { spins, bonds } = this;
    let passes = this.bit();
    for (let k = 4 * vertex; ; k++) {
      const bond = bonds[k];
      if (spins[bond] === sign && bond !== without && passes-- === 0) return k;
    }
  }

  private bit(): number {
    if (this.bitsLeft === 0) {
      this.bits = this.random.uint32();
      this.bitsLeft = 32;
    }
    this.bitsLeft--;
    return (this.bits >>> this.bitsLeft) & 1;
  }
}
