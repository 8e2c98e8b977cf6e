// All jets of HIGGS measured too high or too low.
import { addMissingEnergy } from './add-missing-energy.ts';
import { shiftHiggs } from './higgs-masses.ts';
import { percent, type Variation } from './variation.ts';

/**
 * The four jets times 1 + `change`; the missing energy loses the vector sum of what they gain. Jets beyond the four are not in the file
 * and change only the masses that hold them. Masses: {@link shiftHiggs}.
 */
export function jetEnergyScale(name: string, change: number): Variation {
  return {
    name,
    label: `jet energy scale ${percent(change)}`,
    apply: (features) =>
      shiftHiggs(features, 1 + change, (event) => {
        let [px, py] = [0, 0];
        for (let jet = 0; jet < event.jets; jet++) {
          const gain = change * event.jetTransverseMomentum[jet];
          px -= gain * Math.cos(event.jetAzimuth[jet]);
          py -= gain * Math.sin(event.jetAzimuth[jet]);
          event.jetTransverseMomentum[jet] += gain;
        }
        addMissingEnergy(event, px, py);
      }),
  };
}
