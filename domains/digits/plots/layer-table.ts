// LeNet-5 layer by layer.
import type { Plot, PlotTable } from '../../domain.ts';
import type { LayerRow } from '../evaluation/curves.ts';

const text = (n: number): string => n.toLocaleString('en-US');

const total = (layers: readonly LayerRow[], of: 'parameters' | 'connections'): string =>
  text(layers.reduce((sum, layer) => sum + layer[of], 0));

export function layerTable(layers: readonly LayerRow[]): Plot & { readonly table: PlotTable } {
  return {
    id: 'lenet5-layers',
    title: 'LeNet-5, layer by layer',
    caption:
      'Parameters that are trained, and connections (each parameter counted as often as it is used, a sum of four pixels as four). Shared weights are what makes the two so different. With a dense softmax output in the place of fixed codes there are 850 parameters more.',
    table: {
      head: ['layer', 'output', 'parameters', 'connections'],
      rows: [
        ...layers.map(({ layer, output, parameters, connections }) => [
          layer,
          output,
          text(parameters),
          text(connections),
        ]),
        ['all', '', total(layers, 'parameters'), total(layers, 'connections')],
      ],
    },
  };
}
