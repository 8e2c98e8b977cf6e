// Conditional logistic regression of matched sets with one case each, by Newton's method: the estimate of hazard ratios that density
// sampling is for. The log-likelihood is the sum over sets of b x_case - log sum_members exp(b x).

/** Logarithms of the ratios and their standard errors. */
export interface Ratios {
  readonly logRatios: number[];
  readonly errors: number[];
}

/** @param sets members' covariates in each set, the case's first */
export function conditionalLogit(sets: readonly (readonly (readonly number[])[])[]): Ratios {
  const n = sets[0][0].length;
  let logRatios: number[] = new Array(n).fill(0);
  let inverse: number[][] = [];
  for (let iteration = 0; iteration < 6; iteration++) {
    const gradient: number[] = new Array(n).fill(0);
    const information = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (const members of sets) {
      const weights = members.map((x) =>
        Math.exp(x.reduce((sum, value, i) => sum + value * logRatios[i], 0)),
      );
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const mean = gradient.map((_, i) =>
        members.reduce((sum, x, m) => sum + (weights[m] / total) * x[i], 0),
      );
      for (let i = 0; i < n; i++) {
        gradient[i] += members[0][i] - mean[i];
        for (let j = 0; j < n; j++) {
          const second = members.reduce((sum, x, m) => sum + (weights[m] / total) * x[i] * x[j], 0);
          information[i][j] += second - mean[i] * mean[j];
        }
      }
    }
    inverse = inverted(information);
    logRatios = logRatios.map(
      (b, i) => b + inverse[i].reduce((sum, value, j) => sum + value * gradient[j], 0),
    );
  }
  return { logRatios, errors: inverse.map((row, i) => Math.sqrt(row[i])) };
}

/** Gauss and Jordan; for positive definite matrices, which need no pivots. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const scale = rows[i][i];
    rows[i] = rows[i].map((value) => value / scale);
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = rows[k][i];
      rows[k] = rows[k].map((value, j) => value - factor * rows[i][j]);
    }
  }
  return rows.map((row) => row.slice(n));
}
