// Collisions of HIGGS from hard process to record: radiation, jets, detector and selection.
import type { RandomStream } from '../../../core/random.ts';
import { HiggsEvent } from '../features/higgs-event.ts';
import { makeHiggsFeatures } from '../features/higgs-features.ts';
import { higgsColumns, lowLevelCount } from '../features/uci-units.ts';
import { chargedHiggs } from './charged-higgs.ts';
import {
  leptonResolution,
  mayBeTagged,
  measureJets,
  missingEnergyResolution,
  possibleTags,
  tagOf,
} from './detector.ts';
import { uniform } from './distributions.ts';
import { HiggsPartons } from './higgs-partons.ts';
import { Flavour, JetList } from './jet-list.ts';
import { emitGluon, type FinalRadiation, initialRadiation, mostInitial } from './radiation.ts';
import { topPairs } from './top-pairs.ts';

/** The selection seen in the published rows (section 2.1 of the domain's page); GeV. */
const cuts = { leptonPt: 15, leptonEta: 2.5, jetPt: 15, jetEta: 3, jets: 4, tags: 2 } as const;

/** Transverse momentum of what is not resolved into jets, GeV for each component. */
const soft = 8;
const signalRadiation = initialRadiation({ mean: 3, least: 11.5, power: 1.2, most: 250 }, soft);
const backgroundRadiation = initialRadiation({ mean: 1.4, least: 17, power: 1.35, most: 250 }, soft);
const emission: FinalRadiation = { probability: 0.41, share: 0.9, power: 1.8, nearest: 0.45, farthest: 1.1 };
/** Jets nearer to each other than this are one. */
const jetRadius = 0.65;
const charmShare = 0.5;
/** Relative scatter between pT and what the record sorts jets by. */
const rankScatter = 0.25;
const noGluon = 1;

/**
 * Returns a function that makes collisions of the class asked for until one passes the selection and writes its 28 columns in UCI's
 * units to `out[offset ...]`: one lepton of pT > 15 GeV and |eta| < 2.5; at least four jets of pT > 15 GeV and |eta| < 3, exactly
 * two of them tagged as b. The jets of the file are those of highest pT up to a scatter of 25 %: in the published rows pT descends in
 * three pairs of four only. Answers how many collisions it took.
 *
 * @param partons is filled with the hard process of the collision that was accepted
 */
export function makeHiggsCollisions(
  partons = new HiggsPartons(),
): (random: RandomStream, signal: boolean, out: Float32Array, offset: number) => number {
  const event = new HiggsEvent();
  const jets = new JetList();
  const ranks = new Float64Array(HiggsEvent.maximumJets);
  const recoil = new Float64Array(2);
  /** Flavours of b, anti-b, down and up quark, and what decides about tags and emission of each. */
  const flavours = new Uint8Array([Flavour.bottom, Flavour.bottom, Flavour.light, Flavour.light]);
  const quarkDraws = new Float64Array(4);
  const initialDraws = new Float64Array(mostInitial);
  /** `noGluon` where the quark does not emit, else what decides about the gluon's tag. */
  const gluonDraws = new Float64Array(4);
  const row = new Float64Array(higgsColumns.length);
  const inverse = Float64Array.from(higgsColumns, ({ scale }) => 1 / scale);
  const features = makeHiggsFeatures();

  const quarks = [partons.bottom, partons.antibottom, partons.down, partons.up] as const;

  /** Draws flavours, emissions and tags before any momentum; answers how many jets could be tagged at most. */
  const drawTags = (random: RandomStream, initial: number): number => {
    let possible = 0;
    flavours[3] = uniform(random) < charmShare ? Flavour.charm : Flavour.light;
    for (let i = 0; i < 4; i++) {
      quarkDraws[i] = uniform(random);
      if (mayBeTagged(flavours[i], quarkDraws[i])) possible++;
      gluonDraws[i] = uniform(random) < emission.probability ? uniform(random) : noGluon;
      if (mayBeTagged(Flavour.light, gluonDraws[i])) possible++;
    }
    for (let i = 0; i < initial; i++) {
      initialDraws[i] = uniform(random);
      if (mayBeTagged(Flavour.light, initialDraws[i])) possible++;
    }
    return possible;
  };

  const tryOne = (random: RandomStream, signal: boolean): boolean => {
    const { drawCount, radiate } = signal ? signalRadiation : backgroundRadiation;
    const initial = drawCount(random);
    if (drawTags(random, initial) < cuts.tags) return false;

    jets.count = 0;
    radiate(random, initial, jets, recoil, initialDraws);
    if (signal) chargedHiggs(random, recoil[0], recoil[1], partons);
    else topPairs(random, recoil[0], recoil[1], partons);

    const { lepton } = partons;
    event.leptonTransverseMomentum = lepton.transverseMomentum * (1 + leptonResolution * random.normal());
    if (event.leptonTransverseMomentum < cuts.leptonPt) return false;
    event.leptonPseudorapidity = lepton.pseudorapidity;
    if (Math.abs(event.leptonPseudorapidity) > cuts.leptonEta) return false;
    event.leptonAzimuth = lepton.azimuth;

    for (let i = 0; i < 4; i++) {
      const quark = quarks[i];
      const place = jets.count;
      jets.push(quark.transverseMomentum, quark.pseudorapidity, quark.azimuth, flavours[i], quarkDraws[i]);
      if (gluonDraws[i] < noGluon) emitGluon(random, jets, place, emission, gluonDraws[i]);
    }
    jets.merge(jetRadius);
    if (jets.count < cuts.jets || possibleTags(jets) < cuts.tags) return false;
    measureJets(random, jets);
    return select(random) && features(event, row, lowLevelCount.higgs);
  };

  /** Fills the event's jets, tagged and sorted, and its missing energy; false where the selection fails. */
  const select = (random: RandomStream): boolean => {
    let tags = 0;
    event.jets = 0;
    for (let i = 0; i < jets.count; i++) {
      const pt = jets.transverseMomentum[i];
      const eta = jets.pseudorapidity[i];
      if (pt < cuts.jetPt || Math.abs(eta) > cuts.jetEta || event.jets === HiggsEvent.maximumJets) continue;
      const tag = tagOf(jets.tagDraw[i], pt, eta, jets.flavour[i]);
      if (tag > 0 && ++tags > cuts.tags) return false;
      let place = event.jets++;
      const rank = pt * (1 + rankScatter * random.normal());
      for (; place > 0 && ranks[place - 1] < rank; place--) {
        ranks[place] = ranks[place - 1];
        event.jetTransverseMomentum[place] = event.jetTransverseMomentum[place - 1];
        event.jetPseudorapidity[place] = event.jetPseudorapidity[place - 1];
        event.jetAzimuth[place] = event.jetAzimuth[place - 1];
        event.jetTag[place] = event.jetTag[place - 1];
      }
      ranks[place] = rank;
      event.jetTransverseMomentum[place] = pt;
      event.jetPseudorapidity[place] = eta;
      event.jetAzimuth[place] = jets.azimuth[i];
      event.jetTag[place] = tag;
    }
    if (tags !== cuts.tags || event.jets < cuts.jets) return false;

    let px = -event.leptonTransverseMomentum * Math.cos(event.leptonAzimuth);
    let py = -event.leptonTransverseMomentum * Math.sin(event.leptonAzimuth);
    let sum = 0;
    for (let i = 0; i < jets.count; i++) {
      const pt = jets.transverseMomentum[i];
      px -= pt * Math.cos(jets.azimuth[i]);
      py -= pt * Math.sin(jets.azimuth[i]);
      sum += pt;
    }
    const resolution = missingEnergyResolution(sum);
    px += resolution * random.normal();
    py += resolution * random.normal();
    event.missingEnergy = Math.sqrt(px * px + py * py);
    event.missingEnergyAzimuth = Math.atan2(py, px);
    return true;
  };

  return (random, signal, out, offset) => {
    let tries = 1;
    while (!tryOne(random, signal)) tries++;
    event.write(row);
    for (let i = 0; i < row.length; i++) out[offset + i] = row[i] * inverse[i];
    return tries;
  };
}
