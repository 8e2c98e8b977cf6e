// Spiral arms: how many, how open, how strong. Most spirals have two (Willett et al. 2013, MNRAS 435, 2835); pitch angles of 8 to
// 30 degrees, smaller with larger bulges (Kennicutt 1981, AJ 86, 1847).
import type { RandomStream } from '../../../core/random.ts';
import { around, between, choose } from './draws.ts';
import type { SpiralArms } from './paint-disc.ts';

export function drawArms(random: RandomStream, spiral: boolean, bulgeFraction: number): SpiralArms {
  const turn = random.uniform() < 0.5 ? -1 : 1;
  const degrees = Math.min(34, Math.max(7, around(random, 21 - 25 * bulgeFraction, 5.5)));
  const count = choose(random, [
    [0, 0.15], // flocculent: the texture alone
    [1, 0.05],
    [2, 0.5],
    [3, 0.15],
    [4, 0.1],
    [5, 0.05],
  ]);
  return {
    count: spiral ? count : 0,
    pitch: (turn * degrees * Math.PI) / 180,
    phase: between(random, 0, 2 * Math.PI),
    sharpness: between(random, 0.8, 3.6),
    contrast: between(random, 0.1, 0.5),
    imbalance: between(random, 0, 0.5),
    wiggle: between(random, 0.15, 0.6),
  };
}
