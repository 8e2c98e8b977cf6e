// Scores on the histograms of the run.
import { describe, expect, it } from 'vitest';
import type { ScoredTable } from '../../../domains/domain.ts';
import { showEvent, showTable } from '../../../domains/exotic-particles/show.ts';
import { type ChartPanel, panels } from '../../../domains/panel.ts';

/** Two bins; training events must not be drawn. */
const scores = (['background', 'signal'] as const).flatMap((truth) =>
  (['training', 'test'] as const).flatMap((phase) =>
    [0, 0.5].map((from) => ({
      from,
      to: from + 0.5,
      share: phase === 'test' ? 0.5 : 9,
      error: 0,
      phase,
      truth,
    })),
  ),
);
const problem = (name: string) => ({
  problem: name,
  title: name,
  leading: 'deep',
  scores,
  cut: { threshold: 0.7 },
});
const evaluation = { figures: [], curves: { problems: [problem('higgs'), problem('susy')] } };
const answer = { score: 0.25, spread: 0.01, networks: 2 };

describe('one event', () => {
  it('is a mark on the test events of its search', () => {
    const [panel] = panels.parse(showEvent({ search: 'susy', features: {} }, answer, evaluation)) as [
      ChartPanel,
    ];
    expect(panel.title).toContain('susy');
    expect(panel.series.map(({ label, points }) => [label, points])).toEqual(
      ['background', 'signal'].map((label) => [
        label,
        [
          [0, 0.5],
          [0.5, 0.5],
          [1, 0.5],
        ],
      ]),
    );
    expect(panel.marks).toEqual([
      { axis: 'x', value: 0.25, label: 'this event: 0.250', answer: true, error: 0.01 },
      { axis: 'x', value: 0.7, label: 'cut of the run: 0.700' },
    ]);
  });

  it('has no chart where the run has not measured its search', () => {
    expect(showEvent({ search: 'atlas', features: {} }, answer, evaluation)).toEqual([]);
    expect(showEvent({ features: {} }, answer, undefined)).toEqual([]);
  });
});

describe('a table', () => {
  const table = (score: readonly number[]): ScoredTable => ({
    rows: score.length,
    rejected: 0,
    leftOut: [],
    preview: { score },
  });

  it('is a histogram of its own in the same bins, the highest score in the last', () => {
    const [panel] = showTable(table([0.1, 0.2, 0.5, 1]), 'higgs', evaluation) as [ChartPanel];
    expect(panel.series[2]).toEqual({
      label: '4 events of the table',
      shape: 'steps',
      points: [
        [0, 0.5],
        [0.5, 0.5],
        [1, 0.5],
      ],
    });
  });

  it('without a row that was answered is nothing to look at', () => {
    expect(showTable(table([]), 'higgs', evaluation)).toEqual([]);
  });
});
