// Codes of two numbers as a map.
import type { Plot } from '../../domain.ts';
import type { Curves } from '../evaluation/curves.ts';
import { isComponents } from '../networks/names.ts';

export const codeMap = ({ id, points }: Curves['maps'][number]): Plot => ({
  id: `map-${id}`,
  title: `Where digits lie in a code of two numbers, ${id}`,
  caption: isComponents(id)
    ? 'Test images along the two directions in which images differ most. No labels were used.'
    : 'Test images by the two numbers that the autoencoder passes on. No labels were used.',
  vegaLite: {
    data: { values: points },
    mark: { type: 'point', filled: true, size: 14, opacity: 0.6 },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: 'first number', scale: { zero: false } },
      y: { field: 'y', type: 'quantitative', title: 'second number', scale: { zero: false } },
      color: { field: 'label', type: 'nominal', title: null, scale: { scheme: 'category10' } },
    },
  },
});
