// The networks' answers with their calibration made free of any formula: an isotonic fit to the validation lattices in
// place of Platt's two parameters. A crossing that depends on the choice between them is uncertain by that much.
import { isotonicFit } from '../../../core/metrics/isotonic.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import type { Models } from '../../domain.ts';
import { criticalTemperature } from '../exact/onsager.ts';
import { type Outputs, orderedProbability } from '../outputs.ts';
import { sizeOfNetwork } from '../parts.ts';
import { ownRows } from '../train.ts';

/**
 * Each network's outputs recalibrated on the validation lattices that are its own.
 *
 * @returns undefined where there are no validation lattices to fit to
 */
export async function recalibratedOutputs(
  dataset: Dataset,
  outputs: Outputs,
  models: Models,
): Promise<Outputs | undefined> {
  if (dataset.splits.validation.length === 0) return undefined;
  const temperatures = dataset.column('temperature').data;
  const ids = models.ids.filter((id) => sizeOfNetwork(id) === outputs.size);
  const ordered: Float64Array[] = [];
  for (const [member, id] of ids.entries()) {
    const rows = ownRows(dataset, 'validation', member, ids.length);
    const fitted = isotonicFit(
      await orderedProbability(dataset, rows, (inputs) => models.run(id, inputs)),
      Uint8Array.from(rows, (row) => (temperatures[row] < criticalTemperature ? 1 : 0)),
    );
    ordered.push(outputs.ordered[member].map(fitted));
  }
  return { ...outputs, ordered };
}
