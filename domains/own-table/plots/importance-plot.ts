// What the network looks at.
import type { Plot } from '../../domain.ts';
import type { TableCurves } from '../evaluation/curves.ts';

/** Bars shown. */
const shown = 20;

export const importancePlot = ({ importance, leading, task }: TableCurves): Plot => {
  const lost = task === 'classification' ? 'loss of AUC' : 'rise of RMSE';
  return {
    id: 'importance',
    title: 'Columns by importance',
    caption: `What the ${leading} loses on test rows when the values of a column are dealt anew among them (${lost}); bars of error are twice the deviation over deals. It tells what this network uses, not what another could do without, and of two columns that say the same neither may look important.`,
    vegaLite: {
      data: { values: [...importance].sort((a, b) => b.value - a.value).slice(0, shown) },
      encoding: { y: { field: 'name', type: 'nominal', sort: null, title: null } },
      layer: [
        { mark: 'bar', encoding: { x: { field: 'value', type: 'quantitative', title: lost } } },
        { mark: 'rule', encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } } },
      ],
    },
  };
};
