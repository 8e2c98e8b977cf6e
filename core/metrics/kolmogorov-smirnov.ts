// The two-sample test of Kolmogorov and Smirnov, with weights: do two samples follow one distribution? Used on scores of
// training and of held-out rows it tells overtraining.

export interface KolmogorovSmirnov {
  /** D = max |F_1 - F_2|, of the weighted distribution functions. */
  readonly distance: number;
  /** Probability of a distance as large when both samples follow one continuous distribution. */
  readonly pValue: number;
}

/** A sample, and the weights of its values: 1 each when left out. */
export interface WeightedSample {
  readonly values: ArrayLike<number>;
  readonly weights?: ArrayLike<number>;
}

/** Q(z) = 2 sum_k (-1)^(k-1) exp(-2 k^2 z^2), Kolmogorov's limiting probability of a distance above z. */
export function kolmogorovTail(z: number): number {
  if (!(z > 0)) return 1;
  if (z < 1) {
    // The other form of the same theta function, which converges where the alternating one does not.
    let sum = 0;
    for (let k = 1; k <= 9; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * z * z));
    return 1 - (Math.sqrt(2 * Math.PI) / z) * sum;
  }
  let sum = 0;
  for (let k = 1; k <= 8; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * z * z);
  return sum;
}

interface Prepared {
  readonly order: Uint32Array;
  readonly values: ArrayLike<number>;
  readonly weight: (i: number) => number;
  readonly total: number;
  /** (sum w)^2 / sum w^2: how many unweighted values fluctuate as much. */
  readonly effective: number;
}

function prepare({ values, weights }: WeightedSample, which: string): Prepared {
  if (weights !== undefined && weights.length !== values.length)
    throw new RangeError(`kolmogorovSmirnov: expected a weight for each value of the ${which} sample`);
  const weight = (i: number): number => (weights === undefined ? 1 : weights[i]);
  let [total, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]))
      throw new RangeError(`kolmogorovSmirnov: value ${i} of the ${which} sample is not a number`);
    total += weight(i);
    squares += weight(i) ** 2;
  }
  if (!(total > 0))
    throw new RangeError(
      `kolmogorovSmirnov: expected weights of the ${which} sample that sum to more than 0, got ${total}`,
    );
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => Number(values[a] > values[b]) - Number(values[a] < values[b]),
  );
  return { order, values, weight, total, effective: total ** 2 / squares };
}

/**
 * p = Q((sqrt(n) + 0.12 + 0.11 / sqrt(n)) D) with n = n_1 n_2 / (n_1 + n_2) and n_i = (sum w)^2 / sum w^2 (Stephens 1970;
 * Press et al., Numerical Recipes, section 14.3): good to a few per cent of p from n = 4 on, too large for values with
 * many ties. Negative weights are summed with their sign.
 *
 * @throws RangeError for a sample whose weights do not sum to more than 0, or NaN among its values
 */
export function kolmogorovSmirnov(first: WeightedSample, second: WeightedSample): KolmogorovSmirnov {
  const a = prepare(first, 'first');
  const b = prepare(second, 'second');
  let [i, j, sumA, sumB, distance] = [0, 0, 0, 0, 0];
  while (i < a.order.length && j < b.order.length) {
    const value = Math.min(a.values[a.order[i]], b.values[b.order[j]]);
    for (; i < a.order.length && a.values[a.order[i]] === value; i++) sumA += a.weight(a.order[i]);
    for (; j < b.order.length && b.values[b.order[j]] === value; j++) sumB += b.weight(b.order[j]);
    distance = Math.max(distance, Math.abs(sumA / a.total - sumB / b.total));
  }
  const root = Math.sqrt((a.effective * b.effective) / (a.effective + b.effective));
  return { distance, pValue: kolmogorovTail((root + 0.12 + 0.11 / root) * distance) };
}
