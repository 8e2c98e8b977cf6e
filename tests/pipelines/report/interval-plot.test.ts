import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../domains/domain.ts';
import { intervalPlot } from '../../../pipelines/report/interval-plot.ts';

const figure: Figure = { id: 'a', label: 'a', value: 1, low: 0, high: 2, level: 0.95 };
const baseline = (value: number) => ({ id: 'b', label: 'b', value, low: value, high: value });

describe('intervalPlot', () => {
  it('draws nothing when there is nothing to compare with, or no width', () => {
    expect(intervalPlot(figure)).toBeUndefined();
    expect(intervalPlot({ ...figure, value: 1, low: 1, high: 1, exact: 1 })).toBeUndefined();
  });

  it('places value, interval and exact value on one scale', () => {
    const text = intervalPlot({ ...figure, exact: 2 })?.text ?? '';
    // 180 px wide with margins of 8: 0 at 8, 1 at 90, 2 at 172.
    expect(text).toContain('<line class="range" x1="8.0" x2="172.0"');
    expect(text).toContain('<circle class="value" cx="90.0"');
    expect(text).toContain('<line class="exact" x1="172.0"');
  });

  it('leaves a far baseline to the table', () => {
    expect(intervalPlot({ ...figure, exact: 2, baselines: [baseline(2.5)] })?.text).toContain(
      'class="baseline"',
    );
    expect(intervalPlot({ ...figure, exact: 2, baselines: [baseline(50)] })?.text).not.toContain(
      'class="baseline"',
    );
  });
});
