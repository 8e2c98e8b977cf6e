// How the derived variables of SUSY follow a change of leptons and missing energy.
import { SusyEvent } from '../features/susy-event.ts';
import { makeSusyFeatures } from '../features/susy-features.ts';
import { lowLevelCount, susyColumns } from '../features/uci-units.ts';
import type { ShiftedEvents } from './variation.ts';

const low = lowLevelCount.susy;
const width = susyColumns.length;
/** MET_rel nearer to that of the leptons than this, in GeV, is theirs: the file's rounding stays well below. */
const tolerance = 0.1;

/**
 * Shifts every row by `change`, which alters the event in place (GeV). All derived variables are computed anew, which is exact but for
 * MET_rel: the jets near which it is reduced are not in the file. Where the file's value is below that of the leptons a jet is
 * nearest to the missing energy, and the value changes with |MET|, up to that of the leptons.
 *
 * No row leaves the selection, and none enters it.
 */
export function shiftSusy(
  features: Float32Array,
  change: (event: SusyEvent, features: Float32Array, offset: number) => void,
): ShiftedEvents {
  const shifted = new Float32Array(features.length);
  const event = new SusyEvent();
  const row = new Float64Array(width);
  const compute = makeSusyFeatures();
  for (let offset = 0; offset < features.length; offset += width) {
    for (let i = 0; i < width; i++)
      row[i] = susyColumns[i].scale * features[offset + i] + susyColumns[i].offset;
    const relative = row[low];
    compute(event.read(row), row, low);
    const byJet = relative < row[low] - tolerance;
    const missing = event.missingEnergy;
    change(event, features, offset);
    event.write(row);
    compute(event, row, low);
    if (byJet && missing > 0) row[low] = Math.min(row[low], (relative * event.missingEnergy) / missing);
    for (let i = 0; i < width; i++) {
      shifted[offset + i] = (row[i] - susyColumns[i].offset) / susyColumns[i].scale;
    }
  }
  return { features: shifted };
}
