// The width of the PSF, measured from an image's own stars: the most compact things in it. Each is measured by the radius at
// which its mean profile has fallen to half.
import { median } from '../../../core/metrics/median.ts';
import { smooth } from '../psf/sampled-gaussian.ts';
import { noiseSigma } from './sky-noise.ts';

export interface Seeing {
  /** Full width at half maximum of the stars, pixels. */
  readonly fwhm: number;
  /** Stars behind it. */
  readonly stars: number;
}

/** Pixels around a star that are looked at. */
const reach = 12;
/** Standard deviation, pixels, of the smoothing in which stars are looked for. */
const searchSigma = 1.5;
/** Height of a star above the sky, in standard deviations of its noise: below, half maxima are too uncertain. */
const leastHeight = 20;
/** How far widths may differ and still be those of stars. */
const tolerance = 0.2;
/** Narrowest star, pixels: single hot pixels come out at 1.21. */
const leastWidth = 1.3;
/** Stars below which no width is given. */
const leastStars = 3;

interface Peak {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Local maxima above the threshold, highest first, without those that have a higher one within reach. */
function peaks(plane: ArrayLike<number>, width: number, height: number, threshold: number): Peak[] {
  const found: Peak[] = [];
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x;
      const value = plane[at];
      if (!(value > threshold)) continue;
      const highest =
        value >= plane[at - 1] &&
        value > plane[at + 1] &&
        value >= plane[at - width] &&
        value > plane[at + width];
      if (highest) found.push({ x, y, height: value });
    }
  }
  found.sort((a, b) => b.height - a.height);
  return found.filter(
    (peak, i) => !found.slice(0, i).some(({ x, y }) => Math.hypot(x - peak.x, y - peak.y) < reach),
  );
}

/** Centre of the light near a peak, by moments of what is above half its height. */
function centre(plane: ArrayLike<number>, width: number, { x, y }: Peak, half: number): [number, number] {
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let j = y - 4; j <= y + 4; j++) {
    for (let i = x - 4; i <= x + 4; i++) {
      const above = plane[j * width + i] - half;
      if (above <= 0) continue;
      sum += above;
      sumX += above * i;
      sumY += above * j;
    }
  }
  return sum > 0 ? [sumX / sum, sumY / sum] : [x, y];
}

/** Twice the radius at which the mean profile has half its central height; NaN where it never has. */
function halfWidth(
  plane: ArrayLike<number>,
  width: number,
  [cx, cy]: readonly [number, number],
  sky: number,
): number {
  // Rings half a pixel wide that overlap by half.
  const rings = 2 * reach;
  const sum = new Float64Array(rings);
  const radius = new Float64Array(rings);
  const count = new Float64Array(rings);
  for (let y = Math.round(cy) - reach; y <= Math.round(cy) + reach; y++) {
    for (let x = Math.round(cx) - reach; x <= Math.round(cx) + reach; x++) {
      const r = Math.hypot(x - cx, y - cy);
      const ring = Math.floor(2 * r);
      if (ring >= rings) continue;
      sum[ring] += plane[y * width + x] - sky;
      radius[ring] += r;
      count[ring]++;
    }
  }
  const profile: [number, number][] = [];
  for (let i = 0; i < rings; i++) if (count[i] > 0) profile.push([radius[i] / count[i], sum[i] / count[i]]);
  // Of a Gaussian through the two innermost rings, the value at radius 0.
  const [[r0, v0], [r1, v1]] = profile;
  const top = v0 > v1 && v1 > 0 ? v0 * (v0 / v1) ** (r0 ** 2 / (r1 ** 2 - r0 ** 2)) : v0;
  const beyond = profile.findIndex(([, value]) => value < top / 2);
  if (beyond <= 0) return Number.NaN;
  const [inside, outside] = [profile[beyond - 1], profile[beyond]];
  const share = (inside[1] - top / 2) / (inside[1] - outside[1]);
  return 2 * (inside[0] + share * (outside[0] - inside[0]));
}

/** Median of the outermost frame around a place: its sky. */
function localSky(plane: ArrayLike<number>, width: number, { x, y }: Peak): number {
  const frame: number[] = [];
  for (let i = -reach; i <= reach; i++) {
    frame.push(plane[(y - reach) * width + x + i], plane[(y + reach) * width + x + i]);
    frame.push(plane[(y + i) * width + x - reach], plane[(y + i) * width + x + reach]);
  }
  return median(frame);
}

/**
 * Width of the stars of a plane without missing pixels; undefined when fewer than three are found: galaxies then are all there
 * is, and their widths say nothing.
 */
export function measureSeeing(plane: ArrayLike<number>, width: number, height: number): Seeing | undefined {
  if (width <= 2 * reach + 1 || height <= 2 * reach + 1) return undefined;
  const noise = noiseSigma(plane, width, height);
  const searched = smooth(plane, width, height, searchSigma);
  // White noise is lowered by the root of the sum of squares of the kernel, about 1 / (2 sqrt(pi) sigma).
  const smoothedNoise = noise / (2 * Math.sqrt(Math.PI) * searchSigma);
  const sky = median(searched);
  const widths = peaks(searched, width, height, sky + leastHeight * smoothedNoise)
    .map((peak) => {
      const own = localSky(plane, width, peak);
      if (peak.height - own < leastHeight * smoothedNoise) return Number.NaN;
      return halfWidth(plane, width, centre(plane, width, peak, (peak.height + own) / 2), own);
    })
    .filter((found) => found > leastWidth)
    .sort((a, b) => a - b);
  // Stars are the most compact: the narrowest width that several share.
  for (const [i, narrowest] of widths.entries()) {
    const alike = widths.slice(i).filter((found) => found <= narrowest * (1 + tolerance));
    if (alike.length >= leastStars && alike.length >= 0.15 * widths.length) {
      return { fwhm: median(alike), stars: alike.length };
    }
  }
  return undefined;
}
