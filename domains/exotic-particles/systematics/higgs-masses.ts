// How the derived masses of HIGGS follow a change of jets and missing energy when only the columns of the file are at hand.
import { HiggsEvent } from '../features/higgs-event.ts';
import { makeHiggsFeatures } from '../features/higgs-features.ts';
import { reconstructNeutrino } from '../features/neutrino.ts';
import { higgsColumns, lowLevelCount } from '../features/uci-units.ts';
import { FourVector } from '../kinematics/four-vector.ts';
import { pairMass } from '../kinematics/invariant-mass.ts';
import type { ShiftedEvents } from './variation.ts';

const [jj, jjj, lv, jlv, bb, wbb, wwbb] = [0, 1, 2, 3, 4, 5, 6];
const low = lowLevelCount.higgs;
const width = higgsColumns.length;

/**
 * Shifts every row by `change`, which alters the event in place (its four jets, its missing energy, in GeV). The masses follow:
 *
 * - of jets alone (m_jj, m_jjj, m_bb): times `jetScale`, which is exact as long as the same jets are chosen;
 * - with the neutrino (m_lv, m_jlv, m_wbb, m_wwbb): times the ratio of the mass after and before, both computed from the columns.
 *   Where two of the four jets are tagged that is the definition with both other jets as jj, also where the file's m_jj is
 *   of a jet beyond the four. In other rows m_jlv, m_wbb and m_wwbb take the ratio of the mass of lepton, neutrino and
 *   the four jets.
 *
 * No row leaves the selection, and none enters it.
 */
export function shiftHiggs(
  features: Float32Array,
  jetScale: number,
  change: (event: HiggsEvent, features: Float32Array, offset: number) => void,
): ShiftedEvents {
  const shifted = features.slice();
  const event = new HiggsEvent();
  const row = new Float64Array(width);
  const [before, after] = [new Float64Array(7), new Float64Array(7)];
  const compute = makeMasses();
  for (let offset = 0; offset < features.length; offset += width) {
    for (let i = 0; i < low; i++) row[i] = higgsColumns[i].scale * features[offset + i];
    compute(event.read(row), before);
    change(event, features, offset);
    compute(event, after);
    event.write(row);
    for (let i = 0; i < low; i++) shifted[offset + i] = row[i] / higgsColumns[i].scale;
    for (const mass of [jj, jjj, bb]) shifted[offset + low + mass] *= jetScale;
    for (const mass of [lv, jlv, wbb, wwbb]) {
      if (before[mass] > 0) shifted[offset + low + mass] *= after[mass] / before[mass];
    }
  }
  return { features: shifted };
}

/** The seven masses from the four jets, or what stands for them in rows without two tagged ones. */
function makeMasses(): (event: HiggsEvent, out: Float64Array) => void {
  const features = makeHiggsFeatures();
  const lepton = new FourVector();
  const neutrino = new FourVector();
  const jet = new FourVector();
  return (event, out) => {
    if (features(event, out, 0)) return;
    lepton.setMassless(event.leptonTransverseMomentum, event.leptonPseudorapidity, event.leptonAzimuth);
    reconstructNeutrino(lepton, event.missingEnergy, event.missingEnergyAzimuth, neutrino);
    out[lv] = pairMass(lepton, neutrino);
    lepton.add(neutrino);
    for (let i = 0; i < event.jets; i++) {
      lepton.add(
        jet.setMassless(event.jetTransverseMomentum[i], event.jetPseudorapidity[i], event.jetAzimuth[i]),
      );
    }
    out[jlv] = lepton.mass;
    out[wbb] = lepton.mass;
    out[wwbb] = lepton.mass;
  };
}
