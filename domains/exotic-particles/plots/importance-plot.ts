// What the leading classifier looks at.
import type { Plot } from '../../domain.ts';
import type { ProblemCurves } from '../curves.ts';

/** Bars of single features shown. */
const shown = 15;

export function importancePlots({ problem, leading, importance }: ProblemCurves): Plot[] {
  if (importance.length === 0) return [];
  const features = importance
    .filter(({ of }) => of === 'feature')
    .sort((a, b) => b.value - a.value)
    .slice(0, shown);
  const groups = importance.filter(({ of }) => of === 'group').sort((a, b) => b.value - a.value);
  const plot = (id: string, title: string, bars: typeof features): Plot => ({
    id: `${id}-${problem}`,
    title: `${title}, ${problem}`,
    caption: `AUC that ${leading} loses on test events when these values are dealt anew among the events; bars of error are the deviation over deals. It tells what this network uses, not what another could do without.`,
    vegaLite: {
      data: {
        values: bars.map((bar) => ({
          ...bar,
          low: bar.value - bar.deviation,
          high: bar.value + bar.deviation,
        })),
      },
      encoding: {
        y: { field: 'name', type: 'nominal', sort: null, title: null },
      },
      layer: [
        {
          mark: 'bar',
          encoding: { x: { field: 'value', type: 'quantitative', title: 'loss of AUC' } },
        },
        {
          mark: 'rule',
          encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        },
      ],
    },
  });
  return [
    plot('importance', 'Features by importance', features),
    ...(groups.length === 0 ? [] : [plot('importance-groups', 'Groups of features by importance', groups)]),
  ];
}
