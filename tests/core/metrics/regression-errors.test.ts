import { describe, expect, it } from 'vitest';
import { determination, meanAbsolute, rootMeanSquare } from '../../../core/metrics/regression-errors.ts';

describe('errors of predicted numbers', () => {
  // The example of scikit-learn's documentation of r2_score, mean_absolute_error and mean_squared_error.
  const [truth, predicted] = [
    [3, -0.5, 2, 7],
    [2.5, 0, 2, 8],
  ];
  it('agree with scikit-learn', () => {
    expect(rootMeanSquare(predicted, truth)).toBeCloseTo(Math.sqrt(0.375), 12);
    expect(meanAbsolute(predicted, truth)).toBeCloseTo(0.5, 12);
    expect(determination(predicted, truth)).toBeCloseTo(0.9486081370449679, 12);
  });

  it('say nothing of a share where there is nothing to explain', () => {
    expect(determination([1, 2], [3, 3])).toBeNaN();
    expect(determination([4, 4], [3, 5])).toBe(0);
  });
});
