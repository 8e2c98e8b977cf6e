// Collisions of SUSY from hard process to record: radiation, detector and selection.
import type { RandomStream } from '../../../core/random.ts';
import { SusyEvent } from '../features/susy-event.ts';
import { makeSusyFeatures } from '../features/susy-features.ts';
import { lowLevelCount, susyColumns } from '../features/uci-units.ts';
import { charginoPairs } from './chargino-pairs.ts';
import { leptonResolution } from './detector.ts';
import { JetList } from './jet-list.ts';
import { initialRadiation } from './radiation.ts';
import { SusyPartons } from './susy-partons.ts';
import { wPairs } from './w-pairs.ts';

/** The selection seen in the published rows; GeV. */
const cuts = { leptonPt: 20, leptonEta: 2.5 } as const;
/** Jets that count for MET_rel. */
const jetCuts = { pt: 25, eta: 2.5 } as const;

const soft = 8;
const signalRadiation = initialRadiation({ mean: 1.8, least: 32, power: 1.4, most: 500 }, soft);
const backgroundRadiation = initialRadiation({ mean: 1, least: 14, power: 1.6, most: 250 }, soft);
/** Standard deviation of each component of missing energy, GeV. */
const missingEnergyResolution = 14;

/**
 * Returns a function that makes collisions of the class asked for until one has two leptons of pT > 20 GeV and |eta| < 2.5, and
 * writes its 18 columns in UCI's units to `out[offset ...]`. Answers how many collisions it took.
 *
 * @param partons is filled with the hard process of the collision that was accepted
 */
export function makeSusyCollisions(
  partons = new SusyPartons(),
): (random: RandomStream, signal: boolean, out: Float32Array, offset: number) => number {
  const event = new SusyEvent();
  const jets = new JetList();
  const recoil = new Float64Array(2);
  const row = new Float64Array(susyColumns.length);
  const inverse = Float64Array.from(susyColumns, ({ scale }) => 1 / scale);
  const features = makeSusyFeatures();

  const tryOne = (random: RandomStream, signal: boolean): boolean => {
    jets.count = 0;
    const { drawCount, radiate } = signal ? signalRadiation : backgroundRadiation;
    radiate(random, drawCount(random), jets, recoil);
    if (signal) charginoPairs(random, recoil[0], recoil[1], partons);
    else wPairs(random, recoil[0], recoil[1], partons);
    const pt0 = partons.leptons[0].transverseMomentum * (1 + leptonResolution * random.normal());
    const pt1 = partons.leptons[1].transverseMomentum * (1 + leptonResolution * random.normal());
    if (Math.min(pt0, pt1) < cuts.leptonPt) return false;
    const first = pt0 >= pt1 ? 0 : 1;
    const leading = partons.leptons[first];
    const other = partons.leptons[1 - first];
    event.pseudorapidity1 = leading.pseudorapidity;
    event.pseudorapidity2 = other.pseudorapidity;
    if (Math.abs(event.pseudorapidity1) > cuts.leptonEta) return false;
    if (Math.abs(event.pseudorapidity2) > cuts.leptonEta) return false;
    event.transverseMomentum1 = first === 0 ? pt0 : pt1;
    event.transverseMomentum2 = first === 0 ? pt1 : pt0;
    event.azimuth1 = leading.azimuth;
    event.azimuth2 = other.azimuth;

    let px = missingEnergyResolution * random.normal();
    let py = missingEnergyResolution * random.normal();
    for (let i = 0; i < 2; i++) {
      px += partons.neutrinos[i].px;
      py += partons.neutrinos[i].py;
      if (signal) {
        px += partons.neutralinos[i].px;
        py += partons.neutralinos[i].py;
      }
    }
    event.missingEnergy = Math.sqrt(px * px + py * py);
    event.missingEnergyAzimuth = Math.atan2(py, px);
    event.jets = 0;
    for (let i = 0; i < jets.count; i++) {
      if (jets.transverseMomentum[i] < jetCuts.pt || Math.abs(jets.pseudorapidity[i]) > jetCuts.eta) continue;
      event.jetAzimuth[event.jets++] = jets.azimuth[i];
    }
    return true;
  };

  return (random, signal, out, offset) => {
    let tries = 1;
    while (!tryOne(random, signal)) tries++;
    event.write(row);
    features(event, row, lowLevelCount.susy);
    for (let i = 0; i < row.length; i++) out[offset + i] = (row[i] - susyColumns[i].offset) * inverse[i];
    return tries;
  };
}
