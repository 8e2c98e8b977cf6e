import { describe, expect, it } from 'vitest';
import { trainingCurves } from '../../../pipelines/report/training-curves.ts';

interface Values {
  readonly data: { readonly values: readonly { model: string; on: string; step: number; value: number }[] };
}
const values = (specification: unknown) => (specification as Values).data.values;

describe('trainingCurves', () => {
  it('makes a plot for each metric, training and validation together', () => {
    const plots = trainingCurves([
      { model: 'L10', step: 1, loss: 0.5, accuracy: 0.5, learningRate: 0.1 },
      { model: 'L10', step: 2, loss: 0.4, accuracy: 0.6, validationLoss: 0.45, val_accuracy: 0.55 },
    ]);
    expect(plots.map(({ id }) => id)).toEqual(['training-loss', 'training-accuracy']);
    expect(values(plots[0].vegaLite)).toEqual([
      { model: 'L10', on: 'training', step: 1, value: 0.5 },
      { model: 'L10', on: 'training', step: 2, value: 0.4 },
      { model: 'L10', on: 'validation', step: 2, value: 0.45 },
    ]);
  });

  it('takes epochs where there are no steps, and leaves out what it cannot draw', () => {
    const lines = [
      { epoch: 1, loss: 1 },
      { event: 'started' },
      { epoch: 2, loss: null },
      { epoch: 3, loss: 0.5 },
    ];
    const [plot, ...none] = trainingCurves(lines);
    expect(none).toEqual([]);
    expect(values(plot.vegaLite).map(({ step }) => step)).toEqual([1, 3]);
  });

  it('thins long curves and keeps both ends', () => {
    const [plot] = trainingCurves(
      Array.from({ length: 10_000 }, (_, i) => ({ model: 'a', step: i + 1, loss: 1 })),
    );
    const steps = values(plot.vegaLite).map(({ step }) => step);
    expect(steps.length).toBeLessThanOrEqual(301);
    expect([steps[0], steps.at(-1)]).toEqual([1, 10_000]);
  });

  it('makes nothing of nothing', () => {
    expect(trainingCurves([])).toEqual([]);
  });
});
