// Simulated patients: when they came, and what each visit adds to the answer.
import type { Plot } from '../../domain.ts';
import type { WindowCurves } from '../evaluation/curves.ts';

export const timelinePlot = ({ window, title, timelines, leading }: WindowCurves): Plot => ({
  id: `timelines-${window}`,
  title: `What the ${leading} rests on: four simulated patients, ${title}`,
  caption:
    'Each bar is a visit: how much the log odds fall when it is taken out of the record. Red visits raise the risk, blue ones lower it. It says what the network looks at, not what causes disease. In brackets the risk among the patients of the study.',
  vegaLite: {
    data: { values: timelines },
    facet: {
      row: {
        field: 'patient',
        type: 'nominal',
        title: null,
        sort: [...new Set(timelines.map(({ patient }) => patient))],
        header: { labelAngle: 0, labelAlign: 'left' },
      },
    },
    spec: {
      height: 70,
      width: 420,
      mark: { type: 'bar', width: 4, tooltip: true },
      encoding: {
        x: { field: 'days', type: 'quantitative', title: 'days before the index date', sort: 'descending' },
        y: { field: 'contribution', type: 'quantitative', title: 'log odds' },
        color: {
          condition: { test: 'datum.contribution >= 0', value: '#c0392b' },
          value: '#2c6fbb',
        },
        tooltip: [{ field: 'codes' }, { field: 'contribution', format: '.2f' }],
      },
    },
  },
});
