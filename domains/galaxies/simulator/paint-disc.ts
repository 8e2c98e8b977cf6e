// Discs: exponential in radius, with logarithmic spiral arms, a bar, a ring, texture and dust, seen at any inclination. Old
// stars are smooth, young ones sit in the arms, and dust lies along their inner edges, or across a disc seen edge-on.
import { type Ellipse, type Light, type Painting, span } from './canvas-bands.ts';
import { texture, textureAt } from './texture.ts';

export interface SpiralArms {
  /** How many; 0 for a disc without. */
  readonly count: number;
  /** Angle between an arm and a circle, radians; negative winds the other way. */
  readonly pitch: number;
  /** Azimuth of an arm at the radius of one scale length, radians. */
  readonly phase: number;
  /** Concentration of young stars in the arms: exp[sharpness (cos - 1)] across them. */
  readonly sharpness: number;
  /** How much of the old stars' light is in the arms, 0 to 1. */
  readonly contrast: number;
  /** Relative strength of the first arm against the others. */
  readonly imbalance: number;
  /** How far the texture bends the arms, radians of azimuth. */
  readonly wiggle: number;
}

export interface Disc extends Ellipse {
  /** Scale length, pixels. */
  readonly scale: number;
  readonly oldLight: Light;
  readonly youngLight: Light;
  readonly arms: SpiralArms;
  /** Standard deviation of the logarithm of the young stars' texture; the old ones' is a third of it. */
  readonly clumpiness: number;
  /** Place in the texture. */
  readonly offset: readonly [number, number];
  /** Whether the texture follows the arms (discs) or lies as it is (irregular galaxies). */
  readonly sheared: boolean;
  /** Strength and azimuth of one side's excess. */
  readonly lopsided: readonly [strength: number, azimuth: number];
  /** Optical depth in r of the lanes along the arms, and of the one across a disc that is seen edge-on. */
  readonly armDust: number;
  readonly laneDust: number;
  /** Radius in scale lengths and share of the light of a ring; share 0 for none. */
  readonly ring: readonly [radius: number, share: number];
}

/** Scale lengths that a disc reaches: 1 - 8 exp(-7) = 0.7% of its light are beyond. */
export const discReach = 7;
/** Extinction in g and i relative to r (Schlafly and Finkbeiner 2011, table 6: 3.303, 2.285, 1.698). */
export const reddening: readonly [number, number] = [1.446, 0.743];

/** How much the arms' strength varies along them. */
const patchiness = 0.22;

/** Mean over the azimuth of exp[k (cos - 1)], exp(-k) I0(k), by the trapezium rule, which is exact to rounding here. */
function meanOfArms(sharpness: number): number {
  let sum = 0;
  for (let i = 0; i < 64; i++) sum += Math.exp(sharpness * (Math.cos((2 * Math.PI * i) / 64) - 1));
  return sum / 64;
}

/** Rises smoothly from 0 at `low` to 1 at `high`. */
export function smoothStep(x: number, low: number, high: number): number {
  const t = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

/** Adds the disc; `opticalDepth` gets its dust in r, pixel by pixel, which dims whatever lies behind. */
export function paintDisc({ size, planes }: Painting, disc: Disc, opticalDepth: Float32Array): void {
  const { x: left, y: top, axisRatio, angle, scale, oldLight, youngLight, arms, clumpiness, offset } = disc;
  const field = texture();
  const [ringRadius, ringShare] = disc.ring;
  const ringWidth = 0.16 * ringRadius;
  const ringPeak = ringShare / (ringRadius * ringWidth * (2 * Math.PI) ** 1.5);
  const norm = 1 / (scale * scale * axisRatio);
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const winding = arms.count > 0 || disc.sheared ? 1 / Math.tan(arms.pitch) : 0;
  const armMean = meanOfArms(arms.sharpness);
  // Arms are not to be seen when a disc is edge-on.
  const seen = smoothStep(axisRatio, 0.16, 0.4);
  const contrast = arms.contrast * seen;
  const lane = disc.laneDust * (1 - smoothStep(axisRatio, 0.2, 0.45));
  const laneWidth = 0.3 * axisRatio;
  const oldClumps = clumpiness / 3;
  const within = discReach * scale;
  const [firstRow, lastRow] = span(top, within, size);
  const [firstColumn, lastColumn] = span(left, within, size);
  for (let row = firstRow; row <= lastRow; row++) {
    const dy = row - top;
    for (let column = firstColumn; column <= lastColumn; column++) {
      const dx = column - left;
      const u = dx * cos + dy * sin;
      const across = dy * cos - dx * sin;
      const v = across / axisRatio;
      const r = Math.sqrt(u * u + v * v);
      if (r > discReach) continue;
      const azimuth = Math.atan2(v, u);
      const logRadius = Math.log(r + 0.05);
      const turned = azimuth - winding * logRadius;
      const clump = disc.sheared
        ? textureAt(field, turned / (2 * Math.PI) + offset[0], 0.45 * logRadius + offset[1])
        : textureAt(field, 0.12 * u + offset[0], 0.12 * v + offset[1]);
      let wave = 1;
      let shade = 0;
      if (arms.count > 0) {
        const bend = arms.wiggle * textureAt(field, 0.05 * u - offset[1], 0.05 * v + offset[0]);
        const patch = textureAt(field, 0.04 * v + offset[1], 0.04 * u - offset[0]);
        const phase = arms.count * (turned - arms.phase + bend);
        const strength =
          smoothStep(r, 0.15, 0.8) *
          (1 - 0.7 * smoothStep(r, 2.5, 5)) *
          Math.exp(patchiness * (Math.min(2, patch) - 2));
        const uneven = 1 + arms.imbalance * Math.cos(turned - arms.phase);
        const arm = (Math.exp(arms.sharpness * (Math.cos(phase) - 1)) / armMean) * uneven;
        wave = 1 + strength * (arm - 1);
        if (disc.armDust > 0) {
          const inner = Math.cos(phase - 0.9 * Math.sign(arms.pitch));
          shade = disc.armDust * seen * strength * Math.exp(6 * (inner - 1) + 0.5 * clump - r / 2.5);
        }
      }
      const lop = 1 + disc.lopsided[0] * Math.min(1, r / 2) * Math.cos(azimuth - disc.lopsided[1]);
      const ring = ringShare > 0 ? ringPeak * Math.exp(-0.5 * ((r - ringRadius) / ringWidth) ** 2) : 0;
      const smooth = norm * lop * ((Math.exp(-r) / (2 * Math.PI)) * (1 - ringShare) + ring);
      const old =
        smooth *
        Math.max(0, 1 + contrast * (wave - 1)) *
        Math.exp(oldClumps * seen * clump - 0.5 * (oldClumps * seen) ** 2);
      const young =
        smooth * Math.max(0, 1 + seen * (wave - 1)) * Math.exp(clumpiness * clump - 0.5 * clumpiness ** 2);
      const pixel = row * size + column;
      planes[0][pixel] += oldLight[0] * old + youngLight[0] * young;
      planes[1][pixel] += oldLight[1] * old + youngLight[1] * young;
      planes[2][pixel] += oldLight[2] * old + youngLight[2] * young;
      if (lane > 0) {
        const height = (across - 0.35 * axisRatio) / laneWidth;
        shade += lane * Math.exp(-0.5 * height * height - Math.abs(u) / 1.6 + 0.4 * clump);
      }
      if (shade > 0) opticalDepth[pixel] += shade;
    }
  }
}

/** Dims a painting by dust of the given optical depth in r. */
export function paintDust({ planes }: Painting, opticalDepth: Float32Array): void {
  const [g, r, i] = planes;
  for (let pixel = 0; pixel < opticalDepth.length; pixel++) {
    const depth = opticalDepth[pixel];
    if (depth < 1e-3) continue;
    g[pixel] *= Math.exp(-depth * reddening[0]);
    r[pixel] *= Math.exp(-depth);
    i[pixel] *= Math.exp(-depth * reddening[1]);
  }
}
