// The hidden units' inputs against magnetisation.
import type { Plot } from '../domain.ts';
import type { Curves } from './curves.ts';

export function hiddenPlot({ hidden, lattices }: Curves): Plot {
  return {
    id: 'hidden-units',
    title: 'What the hidden units look at',
    caption: `Number that each hidden unit receives, w . x + b, against the magnetisation of the lattice${lattices.length > 0 ? ` (L = ${lattices[0].size})` : ''}: a line for each unit of one network, the mean over test lattices. Units whose lines rise or fall read the magnetisation; units whose lines stay level read little. The output layer makes of both kinds something that depends on |m| alone, as the paper does with three.`,
    vegaLite: {
      data: { values: hidden },
      mark: { type: 'line', opacity: 0.35, strokeWidth: 1 },
      encoding: {
        x: { field: 'magnetisation', type: 'quantitative', title: 'magnetisation m' },
        y: { field: 'input', type: 'quantitative', title: 'w . x + b' },
        detail: { field: 'unit', type: 'nominal' },
      },
    },
  };
}
