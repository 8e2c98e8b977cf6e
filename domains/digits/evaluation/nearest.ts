// The k nearest neighbours by Euclidean distance, the distances as products of matrices on the engine.
import { matMul, mul, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../core/engine/program.ts';
import '../../../core/engine/tfjs.ts';

export interface Vectors {
  readonly count: number;
  readonly length: number;
  /** Writes vectors `start ... start + n - 1` into `into`. */
  read(start: number, n: number, into: Float32Array): void;
}

const blockRows = 2048;
const queriesAtOnce = 250;

/** Vectors that lie in one array. */
export const vectorsOf = (values: ArrayLike<number>, length: number): Vectors => ({
  count: values.length / length,
  length,
  read: (start, n, into) => {
    for (let i = 0; i < n * length; i++) into[i] = values[start * length + i];
  },
});

/**
 * The class that most of the k nearest have; among equally many that of the nearest of them.
 *
 * @param labels of the known vectors
 */
export async function nearestClasses(
  engine: Engine,
  known: Vectors,
  labels: Uint8Array,
  queries: Vectors,
  k: number,
): Promise<Uint8Array> {
  const { length } = known;
  // |x|^2 - 2 x q orders as |x - q|^2 does.
  const program = await engine.compile(
    ({ x, q }) => ({
      distance: sub(sum(mul(x, x), 1, true), mul(2, matMul(x as never, q as never, false, true) as Tensor)),
    }),
    { x: { shape: [blockRows, length] }, q: { shape: [queriesAtOnce, length] } },
    { name: 'nearest neighbours' },
  );
  const called = new Uint8Array(queries.count);
  try {
    for (let first = 0; first < queries.count; first += queriesAtOnce) {
      const asked = Math.min(queriesAtOnce, queries.count - first);
      const q = new Float32Array(queriesAtOnce * length);
      queries.read(first, asked, q);
      const near = Array.from({ length: asked }, () => new Nearest(k));
      const x = new Float32Array(blockRows * length);
      for (let start = 0; start < known.count; start += blockRows) {
        const n = Math.min(blockRows, known.count - start);
        known.read(start, n, x);
        const [{ distance }] = await program.run({ x, q });
        for (let row = 0; row < n; row++)
          for (let j = 0; j < asked; j++)
            near[j].offer(distance.data[row * queriesAtOnce + j], labels[start + row]);
      }
      near.forEach((own, j) => {
        called[first + j] = own.vote();
      });
    }
  } finally {
    await program.dispose();
  }
  return called;
}

/** The k smallest distances that were offered, nearest first. */
class Nearest {
  private readonly distances: number[] = [];
  private readonly labels: number[] = [];

  constructor(private readonly k: number) {}

  offer(distance: number, label: number): void {
    const { distances, labels, k } = this;
    if (distances.length === k && distance >= distances[k - 1]) return;
    let at = distances.length;
    while (at > 0 && distances[at - 1] > distance) at--;
    distances.splice(at, 0, distance);
    labels.splice(at, 0, label);
    if (distances.length > k) {
      distances.pop();
      labels.pop();
    }
  }

  vote(): number {
    const votes = new Map<number, number>();
    for (const label of this.labels) votes.set(label, (votes.get(label) ?? 0) + 1);
    const most = Math.max(...votes.values());
    return this.labels.find((label) => votes.get(label) === most)!;
  }
}
