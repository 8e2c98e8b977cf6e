// Real collisions for the benchmarks: a table of the UCI sets (label first, no header, gzip), divided by a seeded
// permutation. Rows with equal features stay together.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { RandomStream } from '../core/random.ts';

export interface CollisionRows {
  /** Rows x columns. */
  readonly features: Float32Array;
  readonly label: Float32Array;
  readonly columns: number;
  /** Row numbers: 70, 10 and 20 % of the rows. */
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/** @param name of the problem, part of the split's seed */
export function readCollisions(path: string, name: string): CollisionRows {
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  const columns = lines[0].split(',').length - 1;
  const features = new Float32Array(lines.length * columns);
  const label = new Float32Array(lines.length);
  const firstOf = new Map<string, number>();
  lines.forEach((line, row) => {
    const comma = line.indexOf(',');
    const rest = line.slice(comma + 1);
    if (!firstOf.has(rest)) firstOf.set(rest, row);
    label[row] = Number(line.slice(0, comma));
    features.set(rest.split(',').map(Number), row * columns);
  });
  const order = new RandomStream('collision-baselines', name).permutation(lines.length);
  const part = new Uint8Array(lines.length);
  order.forEach((row, k) => {
    part[row] = k < 0.7 * lines.length ? 0 : k < 0.8 * lines.length ? 1 : 2;
  });
  const all = Uint32Array.from(lines, (_, row) => row);
  const partOf = Uint8Array.from(lines, (line) => part[firstOf.get(line.slice(line.indexOf(',') + 1))!]);
  const [train, validation, test] = [0, 1, 2].map((p) => all.filter((row) => partOf[row] === p));
  return { features, label, columns, train, validation, test };
}

/** Features and labels of some rows. */
export function rowsOf({ features, label, columns }: CollisionRows, rows: Uint32Array) {
  const taken = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    taken.set(features.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { features: taken, label: Float32Array.from(rows, (row) => label[row]) };
}
