// The smallest and the largest third of the galaxies: a median over all of them hides what errs one way with small ones and the other
// way with large ones.
import type { GalaxyMeasures } from './measure-galaxy.ts';

export interface Third {
  readonly id: 'small' | 'large';
  readonly members: readonly GalaxyMeasures[];
  /** Which third it is, and the half-light radius at which it ends. */
  readonly words: string;
}

/** Galaxies of which a median says something. */
const leastGroup = 4;

/** By half-light radius, of the galaxies that have one; none where a third is fewer than four. */
export function thirdsBySize(galaxies: readonly GalaxyMeasures[]): Third[] {
  const sorted = galaxies
    .filter(({ halfLightRadius }) => Number.isFinite(halfLightRadius))
    .sort((a, b) => a.halfLightRadius - b.halfLightRadius);
  const size = Math.floor(sorted.length / 3);
  if (size < leastGroup) return [];
  const [small, large] = [sorted.slice(0, size), sorted.slice(-size)];
  const arcsec = ({ halfLightRadius }: GalaxyMeasures): string => `${halfLightRadius.toPrecision(2)}"`;
  return [
    { id: 'small', members: small, words: `smallest third (up to ${arcsec(small[size - 1])})` },
    { id: 'large', members: large, words: `largest third (from ${arcsec(large[0])} on)` },
  ];
}
