// A drawn galaxy put on pixels: disc, bar and bulge, dimmed by dust, and knots of young stars along the arms.
import type { RandomStream } from '../../../core/random.ts';
import { dim, type Ellipse, type Painting } from './canvas-bands.ts';
import type { GalaxyModel } from './draw-galaxy.ts';
import { powerLaw } from './draws.ts';
import { paintBar } from './paint-bar.ts';
import { paintDisc, paintDust } from './paint-disc.ts';
import { paintSpheroid } from './paint-spheroid.ts';
import { paintSpot } from './paint-spot.ts';

/** Luminosities of star-forming regions: dN/dL = L^-1.8 (Kennicutt, Edgar and Hodge 1989, ApJ 337, 761). */
const knotSlope = 1.8;

/**
 * Adds a galaxy to a painting.
 *
 * @param x, y its centre, pixels from the middle of the first pixel
 * @param random places and sizes of its knots
 */
export function paintGalaxy(
  painting: Painting,
  galaxy: GalaxyModel,
  [x, y]: readonly [number, number],
  pixelScale: number,
  random: RandomStream,
): void {
  const angle = (galaxy.angle * Math.PI) / 180;
  const { bulge, arms } = galaxy;
  const spheroid = { ...bulge, x, y, angle, radius: bulge.radius / pixelScale };
  if (galaxy.kind === 'elliptical') {
    paintSpheroid(painting, spheroid);
    return;
  }
  const scale = galaxy.discScale / pixelScale;
  const disc: Ellipse = { x, y, angle, axisRatio: galaxy.axisRatio };
  const opticalDepth = new Float32Array(painting.size ** 2);
  paintDisc(painting, { ...galaxy, ...disc, scale, sheared: galaxy.kind !== 'irregular' }, opticalDepth);
  if (galaxy.barFraction > 0) {
    const [length, slenderness, azimuth] = galaxy.bar;
    paintBar(painting, { ...disc, length: length * scale, slenderness, azimuth, light: galaxy.barLight });
  }
  if (galaxy.bulgeFraction > 0.005) paintSpheroid(painting, spheroid);
  paintDust(painting, opticalDepth);
  if (galaxy.knots === 0) return;

  const brightness = Array.from({ length: galaxy.knots }, () => powerLaw(random, knotSlope, 1, 30));
  const all = brightness.reduce((sum, value) => sum + value, 0);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const winding = 1 / Math.tan(arms.pitch);
  for (const each of brightness) {
    let [r, azimuth] = [0, 0];
    do {
      // Radii of an exponential disc 1.3 times as wide as the old one: the sum of two exponential deviates.
      r = -1.3 * Math.log(1 - random.uniform()) - 1.3 * Math.log(1 - random.uniform());
      azimuth = 2 * Math.PI * random.uniform();
      if (arms.count === 0 || r > 5) continue;
      const phase = arms.count * (azimuth - winding * Math.log(r + 0.05) - arms.phase);
      if (random.uniform() < Math.exp(arms.sharpness * (Math.cos(phase) - 1))) break;
    } while (arms.count > 0 || r > 5);
    const [u, v] = [r * Math.cos(azimuth) * scale, r * Math.sin(azimuth) * scale * galaxy.axisRatio];
    const share = each / all;
    paintSpot(painting, {
      x: x + u * cos - v * sin,
      y: y + u * sin + v * cos,
      // Brighter regions are larger; 0.15 to 0.7 arcsec, 50 to 200 pc.
      sigma: ((0.15 + 0.45 * random.uniform()) * (0.6 + 0.4 * Math.min(2, Math.cbrt(each / 4)))) / pixelScale,
      light: dim(galaxy.knotLight, share),
    });
  }
}
