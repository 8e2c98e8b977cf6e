// The k nearest of some rows to another, by Euclid's distance, every one compared (Cover and Hart 1967): the method that needs
// no training and no gradient, and that a network should beat.

/** Rows x columns of numbers on one scale, row-major. */
export interface Rows {
  readonly data: Float32Array;
  readonly columns: number;
}

/**
 * Numbers of the k nearest rows, the nearest first; of equals the first.
 *
 * @param among rows to choose from
 * @param to one row
 */
export function nearestRows({ data, columns }: Rows, to: ArrayLike<number>, k: number): Uint32Array {
  const rows = data.length / columns;
  const most = Math.min(k, rows);
  const near = new Uint32Array(most);
  const far = new Float64Array(most).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < rows; row++) {
    let distance = 0;
    const limit = far[most - 1];
    for (let c = 0, at = row * columns; c < columns && distance < limit; c++, at++) {
      const step = data[at] - to[c];
      distance += step * step;
    }
    if (distance >= limit) continue;
    let place = most - 1;
    for (; place > 0 && far[place - 1] > distance; place--) {
      far[place] = far[place - 1];
      near[place] = near[place - 1];
    }
    far[place] = distance;
    near[place] = row;
  }
  return near;
}
