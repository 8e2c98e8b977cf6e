// The decision curve.
import type { Plot } from '../../domain.ts';
import type { WindowCurves } from '../evaluation/curves.ts';
import { wideLegend } from './wide-legend.ts';

export const benefitPlot = ({ window, title, benefit }: WindowCurves, incidence: number): Plot => ({
  id: `net-benefit-${window}`,
  title: `Net benefit, ${title}`,
  caption: `What acting on the risk is worth for 1,000 people, in cases found less false alarms at their price, against the risk at which one acts; among people of whom ${(100 * incidence).toPrecision(2)} % are cases. A useful model lies above acting on everybody and on nobody.`,
  vegaLite: {
    data: { values: benefit },
    mark: 'line',
    encoding: {
      x: { field: 'threshold', type: 'quantitative', title: 'risk at which one acts', axis: { format: '%' } },
      y: { field: 'benefit', type: 'quantitative', title: 'net benefit per 1,000' },
      color: {
        field: 'strategy',
        type: 'nominal',
        title: null,
        legend: wideLegend,
        sort: [...new Set(benefit.map(({ strategy }) => strategy))],
      },
    },
  },
});
