// LeNet-5 layer by layer, as the course prints it: maps, parameters that are trained, and connections.
import { lenetTable } from '../../../core/models/lenet5.ts';
import type { LayerRow } from './curves.ts';

/** Connections of a layer: what each of its units reads, its bias among it, times the units. */
const row = (layer: string, output: string, parameters: number, connections = parameters): LayerRow => ({
  layer,
  output,
  parameters,
  connections,
});

/** The table of the network of 1998 with fixed codes; a dense output has 850 parameters for ten classes. */
export function lenetLayers(): LayerRow[] {
  const window = 5 * 5;
  const pairs = lenetTable.flat().length;
  const c3 = pairs * window + lenetTable.length;
  return [
    row('C1 convolution', '6 @ 28 x 28', 6 * (window + 1), 6 * (window + 1) * 28 * 28),
    row('S2 sub-sampling', '6 @ 14 x 14', 6 * 2, 6 * (4 + 1) * 14 * 14),
    row('C3 convolution, Table I', '16 @ 10 x 10', c3, c3 * 10 * 10),
    row('S4 sub-sampling', '16 @ 5 x 5', 16 * 2, 16 * (4 + 1) * 5 * 5),
    row('C5 convolution', '120', 120 * (16 * window + 1)),
    row('F6 dense', '84', 84 * (120 + 1)),
    row('output, fixed codes', '10', 0, 10 * 84),
  ];
}
