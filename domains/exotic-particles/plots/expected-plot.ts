// What an analysis would see: expected events by score, background below signal, with the band of the systematic shifts.
import type { Plot } from '../../domain.ts';
import type { ProblemCurves } from '../curves.ts';
import { truthColour } from './encodings.ts';

export function expectedPlots({ problem, leading, systematics, cut }: ProblemCurves): Plot[] {
  if (systematics === undefined) return [];
  const { bins, shifts, band } = systematics;
  const edges = [...new Set(bins.map(({ from }) => from))];
  const totals = edges.map((from) => {
    const here = bins.filter((bin) => bin.from === from);
    const sum = (read: (bin: (typeof here)[number]) => number): number =>
      here.reduce((total, bin) => total + read(bin), 0);
    return { from, to: here[0].to, low: sum(({ low }) => low), high: sum(({ high }) => high) };
  });
  const rows = shifts.flatMap(({ name, up, down }) => [
    { name, shift: 'up', value: up - band.value },
    { name, shift: 'down', value: down - band.value },
  ]);
  return [
    {
      id: `expected-${problem}`,
      title: `Expected events, ${problem}`,
      caption: `Events of ${leading} by score for ${cut.signalBefore.toLocaleString('en')} signal and ${cut.backgroundBefore.toLocaleString('en')} background events, stacked; the grey band is what all systematic shifts together, in quadrature, do to their sum.`,
      vegaLite: {
        layer: [
          {
            data: { values: bins },
            mark: { type: 'bar', opacity: 0.75 },
            encoding: {
              x: { field: 'from', type: 'quantitative', title: 'score', bin: { binned: true } },
              x2: { field: 'to' },
              y: { field: 'events', type: 'quantitative', title: 'expected events', stack: 'zero' },
              color: truthColour,
              order: { field: 'truth' },
            },
          },
          {
            data: { values: totals },
            mark: { type: 'bar', opacity: 0.35, color: '#777777' },
            encoding: {
              x: { field: 'from', type: 'quantitative', bin: { binned: true } },
              x2: { field: 'to' },
              y: { field: 'low', type: 'quantitative' },
              y2: { field: 'high' },
            },
          },
        ],
      },
    },
    {
      id: `shifts-${problem}`,
      title: `Systematic shifts, ${problem}`,
      caption: `Change of ${cut.figureName} at the chosen cut (${band.value.toFixed(2)}) when the detector is shifted by one standard deviation; together ${band.low.toFixed(2)} to ${band.high.toFixed(2)}.`,
      vegaLite: {
        data: { values: rows },
        mark: { type: 'bar', height: 11 },
        encoding: {
          y: { field: 'name', type: 'nominal', title: null },
          yOffset: { field: 'shift' },
          x: { field: 'value', type: 'quantitative', title: `change of ${cut.figureName}` },
          color: { field: 'shift', type: 'nominal', title: 'shift' },
        },
      },
    },
  ];
}
