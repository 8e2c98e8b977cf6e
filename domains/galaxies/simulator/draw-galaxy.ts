// One galaxy, drawn from the population: what it is made of, in arcsec and nanomaggies, before it is put on pixels.
import type { RandomStream } from '../../../core/random.ts';
import { dim, type Light, lightOf } from './canvas-bands.ts';
import { drawArms } from './draw-arms.ts';
import { drawBulge, halfLightOf, seenAxisRatio } from './draw-bulge.ts';
import { between, scattered } from './draws.ts';
import { discTraits, sometimes, within } from './kind-traits.ts';
import type { SpiralArms } from './paint-disc.ts';
import {
  arcsecPerKpc,
  type Colours,
  drawBlueColours,
  drawKind,
  drawOldColours,
  drawRadius,
  drawSeen,
  type GalaxyKind,
  type Seen,
} from './population.ts';

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

/** Half-light radii that a model may have, arcsec. */
const radii = { least: 1.5, most: 30 } as const;

/** Draws a galaxy of the sample. @param seen its distance and luminosity, drawn as well by default */
export function drawGalaxy(random: RandomStream, seen: Seen = drawSeen(random)): GalaxyModel {
  const { absoluteMagnitude, magnitude, redshift } = seen;
  const kind = drawKind(random, absoluteMagnitude);
  const elliptical = kind === 'elliptical';
  const late = kind === 'spiral' || kind === 'irregular';
  const traits = discTraits[elliptical ? 'lenticular' : kind];
  const bulge = drawBulge(random, kind, absoluteMagnitude);
  const radius = drawRadius(random, kind, absoluteMagnitude) * arcsecPerKpc(redshift);
  const halfLightRadius = Math.min(radii.most, Math.max(radii.least, radius));
  const discScale = halfLightRadius / halfLightOf(bulge);

  // Colours of the parts: late discs' old stars lie between; young stars and knots are bluer than the whole.
  const old = drawOldColours(random, absoluteMagnitude);
  const blue = drawBlueColours(random, absoluteMagnitude);
  const discOld: Colours = late ? [0.55 * old[0] + 0.45 * blue[0], 0.55 * old[1] + 0.45 * blue[1]] : old;
  const young: Colours = [blue[0] - 0.1, blue[1] - 0.06];
  const knot: Colours = [blue[0] - between(random, 0.15, 0.4), blue[1] - between(random, 0.1, 0.35)];
  const part = (colours: Colours, share: number): Light => dim(lightOf(magnitude, ...colours), share);

  const disc = 1 - bulge.fraction;
  const barFraction = sometimes(random, traits.bars, traits.barFraction);
  // Knots are few where the bulge is large.
  const knotFraction = within(random, traits.knotFraction) * disc * disc;
  const youngFraction = within(random, traits.youngFraction);
  const smooth = disc * (1 - barFraction) * (1 - knotFraction);
  const knots = Math.round(scattered(random, 80 * (halfLightRadius / 8) ** 0.8, 0.5));
  const cosine = random.uniform();
  const thickness = within(random, traits.thickness);
  return {
    ...seen,
    kind,
    halfLightRadius,
    bulgeFraction: bulge.fraction,
    bulge: {
      index: bulge.index,
      radius: bulge.radius * discScale,
      axisRatio: elliptical ? bulge.axisRatio : seenAxisRatio(bulge.axisRatio, cosine),
      light: part(old, bulge.fraction),
    },
    discScale,
    oldLight: part(discOld, smooth * (1 - youngFraction)),
    youngLight: part(young, smooth * youngFraction),
    knotLight: part(knot, disc * (1 - barFraction) * knotFraction),
    knots: knotFraction > 0 ? knots : 0,
    inclination: (Math.acos(cosine) * 180) / Math.PI,
    axisRatio: elliptical ? bulge.axisRatio : seenAxisRatio(thickness, cosine),
    angle: between(random, 0, 180),
    arms: drawArms(random, kind === 'spiral', bulge.fraction),
    barFraction,
    barLight: part(old, disc * barFraction),
    bar: [between(random, 0.6, 1.3), between(random, 0.22, 0.45), between(random, 0, Math.PI)],
    ring: [within(random, traits.ringRadius), sometimes(random, traits.rings, traits.ringFraction)],
    clumpiness: within(random, traits.clumpiness),
    offset: [random.uniform(), random.uniform()],
    lopsided: [within(random, traits.lopsided), between(random, 0, 2 * Math.PI)],
    armDust: scattered(random, traits.armDust, 0.6),
    laneDust: scattered(random, traits.laneDust, 0.6),
  };
}
