// The picture of the study of square ice.
import type { Evaluation, Plot } from '../../../domain.ts';
import { bondImage } from '../../bonds/bond-image.ts';
import { vertexCharges } from '../../bonds/vertices.ts';
import type { IceCurves } from './evaluate.ts';

export async function figures(given: Evaluation['curves']): Promise<Plot[]> {
  const { samples } = given as unknown as IceCurves;
  const [{ size }] = samples;
  return [
    {
      id: 'square-ice-lattices',
      title: 'Square ice',
      caption: `Spins up and down on the bonds of a lattice of ${size} x ${size} vertices: a ground state, with two of each at every vertex, and infinite temperature. Dark: vertices that violate the rule.`,
      png: await bondImage(
        samples.map(({ spins }) => ({
          size,
          spins,
          vertices: Array.from(vertexCharges(spins, size), (charge) => charge !== 0),
        })),
      ),
    },
  ];
}
