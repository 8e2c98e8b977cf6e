// What sets the kinds of discs apart: how common each feature is and how strong. How common arms, bars and rings are follows Galaxy
// Zoo 2 (Willett et al. 2013, MNRAS 435, 2835), the thickness of discs Padilla and Strauss 2008 (MNRAS 388, 1321); the rest was
// set by looking at the survey's pictures.
import type { RandomStream } from '../../../core/random.ts';
import { between } from './draws.ts';
import type { GalaxyKind } from './population.ts';

/** Lowest and highest value, all between equally likely. */
export type Range = readonly [low: number, high: number];

export interface DiscTraits {
  /** Thickness over diameter. */
  readonly thickness: Range;
  /** How many have a bar, and its share of the disc's light. */
  readonly bars: number;
  readonly barFraction: Range;
  /** How many have a ring, its radius in scale lengths, and its share of the disc's light. */
  readonly rings: number;
  readonly ringRadius: Range;
  readonly ringFraction: Range;
  /** Shares of the disc's light in knots, and of the rest in young stars. */
  readonly knotFraction: Range;
  readonly youngFraction: Range;
  readonly clumpiness: Range;
  readonly lopsided: Range;
  /** Medians of the dust's optical depths along arms and in lanes across discs seen edge-on. */
  readonly armDust: number;
  readonly laneDust: number;
}

export const discTraits: Readonly<Record<Exclude<GalaxyKind, 'elliptical'>, DiscTraits>> = {
  lenticular: {
    thickness: [0.2, 0.35],
    bars: 0.3,
    barFraction: [0.05, 0.15],
    rings: 0.15,
    ringRadius: [1.2, 2],
    ringFraction: [0.05, 0.15],
    knotFraction: [0, 0],
    youngFraction: [0, 0],
    clumpiness: [0.02, 0.08],
    lopsided: [0, 0.05],
    armDust: 0,
    laneDust: 0.15,
  },
  spiral: {
    thickness: [0.1, 0.2],
    bars: 0.4,
    barFraction: [0.04, 0.16],
    rings: 0.12,
    ringRadius: [1, 1.6],
    ringFraction: [0.05, 0.2],
    knotFraction: [0.02, 0.1],
    youngFraction: [0.25, 0.6],
    clumpiness: [0.3, 0.75],
    lopsided: [0, 0.3],
    armDust: 0.5,
    laneDust: 1,
  },
  irregular: {
    thickness: [0.25, 0.5],
    bars: 0.4,
    barFraction: [0.05, 0.2],
    rings: 0,
    ringRadius: [1, 1],
    ringFraction: [0, 0],
    knotFraction: [0.06, 0.22],
    youngFraction: [0.25, 0.6],
    clumpiness: [0.5, 0.9],
    lopsided: [0, 0.6],
    armDust: 0,
    laneDust: 0,
  },
};

/** A value of a range. */
export const within = (random: RandomStream, [low, high]: Range): number => between(random, low, high);

/** A value of a range with the given probability, 0 otherwise; both numbers are drawn in any case. */
export function sometimes(random: RandomStream, probability: number, range: Range): number {
  const present = random.uniform() < probability;
  const value = within(random, range);
  return present ? value : 0;
}
