// The plots of the gauge theory: how many flipped bonds a ground state may have before the network does not know it any
// more, and the lattices themselves. Accuracy against the step stands with the training curves.
import type { Evaluation, Plot } from '../../../domain.ts';
import { bondImage } from '../../bonds/bond-image.ts';
import { plaquetteProducts } from '../../bonds/plaquettes.ts';
import type { GaugeCurves } from './curves.ts';

function dosePlot({ doses }: GaugeCurves): Plot {
  const classifiers = [...new Set(doses.map(({ classifier }) => classifier))];
  const lines = doses.filter(({ classifier }) => classifier.endsWith('network'));
  const x = { field: 'flips', type: 'quantitative', title: 'flipped bonds' };
  const y = { type: 'quantitative', title: 'share called ground states', scale: { domain: [0, 1] } };
  const color = { field: 'classifier', type: 'nominal', title: null, sort: classifiers };
  return {
    id: 'gauge-flipped-bonds',
    title: 'How much spoiling a ground state bears',
    caption:
      'Share of ground states of the gauge theory still called so after some of their bonds were flipped at random (lines), or one every m plaquettes (single points, by the network); bars are 95 % intervals. A network that has learned to count violated plaquettes allows some of them; the toy network, whose weights are written down, allows none.',
    vegaLite: {
      encoding: { x, color },
      layer: [
        { data: { values: lines }, mark: { type: 'line' }, encoding: { y: { field: 'value', ...y } } },
        {
          data: { values: doses },
          mark: { type: 'rule' },
          encoding: { y: { field: 'low', ...y }, y2: { field: 'high' } },
        },
        { data: { values: doses }, mark: { type: 'point' }, encoding: { y: { field: 'value', ...y } } },
      ],
    },
  };
}

async function latticesPlot({ samples }: GaugeCurves): Promise<Plot> {
  const [{ size }] = samples;
  return {
    id: 'gauge-lattices',
    title: 'The gauge theory',
    caption: `Spins on the bonds of a lattice of ${size} x ${size} vertices: ${samples.map(({ title }) => title).join('; ')}. Grey: violated plaquettes.`,
    png: await bondImage(
      samples.map(({ spins }) => ({
        size,
        spins,
        plaquettes: Array.from(plaquetteProducts(spins, size), (product) => product < 0),
      })),
    ),
  };
}

export async function figures(given: Evaluation['curves']): Promise<Plot[]> {
  const curves = given as unknown as GaugeCurves;
  return [await latticesPlot(curves), dosePlot(curves)];
}
