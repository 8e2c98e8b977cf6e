// Both leptons of SUSY measured too high or too low.
import { addMissingEnergy } from './add-missing-energy.ts';
import { shiftSusy } from './susy-variables.ts';
import { percent, type Variation } from './variation.ts';

/** Both leptons times 1 + `change`; the missing energy loses the vector sum of what they gain. Other columns: {@link shiftSusy}. */
export function leptonScale(name: string, change: number): Variation {
  return {
    name,
    label: `lepton scale ${percent(change)}`,
    apply: (features) =>
      shiftSusy(features, (event) => {
        const gain1 = change * event.transverseMomentum1;
        const gain2 = change * event.transverseMomentum2;
        event.transverseMomentum1 += gain1;
        event.transverseMomentum2 += gain2;
        addMissingEnergy(
          event,
          -gain1 * Math.cos(event.azimuth1) - gain2 * Math.cos(event.azimuth2),
          -gain1 * Math.sin(event.azimuth1) - gain2 * Math.sin(event.azimuth2),
        );
      }),
  };
}
