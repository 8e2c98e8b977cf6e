// One galaxy, drawn from the population: what it is made of, in arcsec and nanomaggies, before it is put on pixels. How common
// arms, bars and rings are follows Galaxy Zoo 2 (Willett et al. 2013, MNRAS 435, 2835); bulges follow Graham and Worley 2008
// (MNRAS 388, 1708); axis ratios Padilla and Strauss 2008 (MNRAS 388, 1321).
import type { RandomStream } from '../../../core/random.ts';
import { dim, type Light, lightOf } from './canvas-bands.ts';
import { around, between, choose, logistic, scattered } from './draws.ts';
import type { SpiralArms } from './paint-disc.ts';
import {
  arcsecPerKpc,
  drawBlueColours,
  drawKind,
  drawOldColours,
  drawRadius,
  drawSeen,
  type GalaxyKind,
  type Seen,
} from './population.ts';
import { discHalfLight, sersicWithin } from './sersic.ts';

export interface GalaxyModel extends Seen {
  readonly kind: GalaxyKind;
  /** Semi-major axis of the ellipse with half of the light, without arms, bar and dust, arcsec. */
  readonly halfLightRadius: number;
  /** Flux of the bulge over all in r; 1 for an elliptical galaxy. */
  readonly bulgeFraction: number;
  readonly bulge: {
    readonly index: number;
    readonly radius: number;
    readonly axisRatio: number;
    readonly light: Light;
  };
  /** Scale length of the disc, arcsec; of no use without a disc. */
  readonly discScale: number;
  readonly oldLight: Light;
  readonly youngLight: Light;
  /** Of the knots together. */
  readonly knotLight: Light;
  readonly knots: number;
  /** Angle between the disc's axis and the line of sight, degrees. */
  readonly inclination: number;
  /** Apparent axis ratio of the disc, or of an elliptical galaxy. */
  readonly axisRatio: number;
  /** Angle of the major axis from the rows towards the columns, degrees. */
  readonly angle: number;
  readonly arms: SpiralArms;
  /** Flux of the bar over the disc's in r. */
  readonly barFraction: number;
  readonly barLight: Light;
  /** Half of the bar's length, scale lengths of the disc; its width over its length; its azimuth in the disc. */
  readonly bar: readonly [length: number, slenderness: number, azimuth: number];
  readonly ring: readonly [radius: number, share: number];
  readonly clumpiness: number;
  readonly offset: readonly [number, number];
  readonly lopsided: readonly [strength: number, azimuth: number];
  readonly armDust: number;
  readonly laneDust: number;
}

const noArms: SpiralArms = {
  count: 0,
  pitch: 0.3,
  phase: 0,
  sharpness: 1,
  contrast: 0,
  imbalance: 0,
  wiggle: 0,
};

function drawArms(random: RandomStream, kind: GalaxyKind, bulgeFraction: number): SpiralArms {
  const turn = random.uniform() < 0.5 ? -1 : 1;
  // Early spirals are wound tightly, late ones are open: 8 to 30 degrees.
  const pitch =
    (turn * Math.min(34, Math.max(7, around(random, 21 - 25 * bulgeFraction, 5.5))) * Math.PI) / 180;
  if (kind !== 'spiral') return { ...noArms, pitch };
  const count = choose(random, [
    [0, 0.15], // flocculent: the texture alone
    [1, 0.05],
    [2, 0.5],
    [3, 0.15],
    [4, 0.1],
    [5, 0.05],
  ]);
  return {
    count,
    pitch,
    phase: between(random, 0, 2 * Math.PI),
    sharpness: between(random, 0.8, 3.6),
    contrast: between(random, 0.1, 0.5),
    imbalance: between(random, 0, 0.5),
    wiggle: between(random, 0.15, 0.6),
  };
}

/** Radius with half of the light of a bulge and a disc of scale length 1, on ellipses of one shape. */
function halfLight(bulgeFraction: number, index: number, bulgeRadius: number): number {
  if (bulgeFraction === 1) return bulgeRadius;
  let [low, high] = [0, 10 * Math.max(discHalfLight, bulgeRadius)];
  for (let step = 0; step < 50; step++) {
    const r = (low + high) / 2;
    const disc = 1 - (1 + r) * Math.exp(-r);
    const within = bulgeFraction * sersicWithin(index, r / bulgeRadius) + (1 - bulgeFraction) * disc;
    if (within < 0.5) low = r;
    else high = r;
  }
  return (low + high) / 2;
}

function drawBulge(random: RandomStream, kind: GalaxyKind, absoluteMagnitude: number) {
  if (kind === 'elliptical') {
    const index = Math.min(6, Math.max(1.5, around(random, 3.2 - 0.6 * (absoluteMagnitude + 19.5), 0.7)));
    return { fraction: 1, index, ratio: 1, axisRatio: Math.min(1, around(random, 0.76, 0.14)) };
  }
  const axisRatio = between(random, 0.65, 0.95);
  if (kind === 'lenticular') {
    return {
      fraction: between(random, 0.2, 0.65),
      index: between(random, 1.5, 4),
      ratio: between(random, 0.3, 0.7),
      axisRatio,
    };
  }
  if (kind === 'irregular') {
    return { fraction: between(random, 0, 0.04), index: 1, ratio: 0.2, axisRatio };
  }
  const median = 0.05 + 0.13 * logistic((-19.8 - absoluteMagnitude) / 0.8);
  return {
    fraction: Math.min(0.5, scattered(random, median, 0.6)),
    index: between(random, 0.8, 3.2),
    ratio: between(random, 0.15, 0.35),
    axisRatio,
  };
}

/** Draws a galaxy of the sample. @param seen its distance and luminosity, drawn as well by default */
export function drawGalaxy(random: RandomStream, seen: Seen = drawSeen(random)): GalaxyModel {
  const { absoluteMagnitude, magnitude, redshift } = seen;
  const kind = drawKind(random, absoluteMagnitude);
  const bulge = drawBulge(random, kind, absoluteMagnitude);
  const spiral = kind === 'spiral';
  const late = spiral || kind === 'irregular';
  const radius = drawRadius(random, kind, absoluteMagnitude) * arcsecPerKpc(redshift);
  const halfLightRadius = Math.min(30, Math.max(1.5, radius));
  const scale = halfLightRadius / halfLight(bulge.fraction, bulge.index, bulge.ratio);

  const old = drawOldColours(random, absoluteMagnitude);
  const blue = drawBlueColours(random, absoluteMagnitude);
  // Colours of the parts: old discs lie between; young stars and knots are bluer than the whole.
  const discOld = late ? ([0.55 * old[0] + 0.45 * blue[0], 0.55 * old[1] + 0.45 * blue[1]] as const) : old;
  const barFraction =
    spiral && random.uniform() < 0.4
      ? between(random, 0.04, 0.16)
      : kind === 'lenticular' && random.uniform() < 0.3
        ? between(random, 0.05, 0.15)
        : kind === 'irregular' && random.uniform() < 0.4
          ? between(random, 0.05, 0.2)
          : 0;
  const discFraction = 1 - bulge.fraction;
  const total = (colours: readonly [number, number], share: number): Light =>
    dim(lightOf(magnitude, colours[0], colours[1]), share);
  const knotShare = spiral
    ? between(random, 0.02, 0.11) * (1 - bulge.fraction) ** 2
    : kind === 'irregular'
      ? between(random, 0.06, 0.22)
      : 0;
  const youngShare = late ? between(random, 0.25, 0.6) : 0;
  const smoothShare = discFraction * (1 - barFraction) * (1 - knotShare);

  const cosine = random.uniform();
  const thickness =
    kind === 'irregular'
      ? between(random, 0.25, 0.5)
      : spiral
        ? between(random, 0.1, 0.2)
        : between(random, 0.2, 0.35);
  const discRatio = Math.sqrt(cosine ** 2 * (1 - thickness ** 2) + thickness ** 2);
  return {
    ...seen,
    kind,
    halfLightRadius,
    bulgeFraction: bulge.fraction,
    bulge: {
      index: bulge.index,
      radius: bulge.ratio * scale,
      // A round disc's bulge is round; one on its edge shows the bulge's own flattening.
      axisRatio:
        kind === 'elliptical'
          ? Math.max(0.35, bulge.axisRatio)
          : Math.sqrt(cosine ** 2 * (1 - bulge.axisRatio ** 2) + bulge.axisRatio ** 2),
      light: total(old, bulge.fraction),
    },
    discScale: scale,
    oldLight: total(discOld, smoothShare * (1 - youngShare)),
    youngLight: total([blue[0] - 0.1, blue[1] - 0.06], smoothShare * youngShare),
    knotLight: total(
      [blue[0] - between(random, 0.15, 0.4), blue[1] - between(random, 0.1, 0.35)],
      discFraction * (1 - barFraction) * knotShare,
    ),
    knots: knotShare > 0 ? Math.round(scattered(random, 80 * (halfLightRadius / 8) ** 0.8, 0.5)) : 0,
    inclination: (Math.acos(cosine) * 180) / Math.PI,
    axisRatio: kind === 'elliptical' ? Math.max(0.35, bulge.axisRatio) : discRatio,
    angle: between(random, 0, 180),
    arms: drawArms(random, kind, bulge.fraction),
    barFraction,
    barLight: total(old, discFraction * barFraction),
    bar: [between(random, 0.6, 1.3), between(random, 0.22, 0.45), between(random, 0, Math.PI)],
    ring:
      spiral && random.uniform() < 0.12
        ? [between(random, 1, 1.6), between(random, 0.05, 0.2)]
        : kind === 'lenticular' && random.uniform() < 0.15
          ? [between(random, 1.2, 2), between(random, 0.05, 0.15)]
          : [1, 0],
    clumpiness: kind === 'irregular' ? between(random, 0.5, 0.9) : spiral ? between(random, 0.3, 0.75) : 0.05,
    offset: [random.uniform(), random.uniform()],
    lopsided: [
      kind === 'irregular' ? between(random, 0, 0.6) : spiral ? between(random, 0, 0.3) : 0,
      between(random, 0, 2 * Math.PI),
    ],
    armDust: spiral ? scattered(random, 0.5, 0.6) : 0,
    laneDust: spiral ? scattered(random, 1, 0.6) : kind === 'lenticular' && random.uniform() < 0.2 ? 0.6 : 0,
  };
}
