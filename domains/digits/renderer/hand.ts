// How one digit departs from its model: the hand that wrote it. Points that are missed, slant, turn and aspect, a smooth bend of the
// whole, and a pen. The spreads are chosen so that the digits look as MNIST's do and are as hard to tell apart.
import type { RandomStream } from '../../../core/random.ts';
import type { Stroke } from './glyphs.ts';
import type { Chain } from './stroke-path.ts';

const around = (random: RandomStream, mean: number, deviation: number): number =>
  mean + deviation * Math.min(2.5, Math.max(-2.5, random.normal()));

/** Moves the points of the strokes, each by itself; ends of strokes by more, as pens start early and stop late. */
export function missPoints(strokes: readonly Stroke[], random: RandomStream): Stroke[] {
  const sloppiness = 0.012 + 0.023 * random.uniform();
  return strokes.map((stroke) =>
    stroke.map(({ x, y, corner }, i) => {
      const spread = sloppiness * (i === 0 || i === stroke.length - 1 ? 1.5 : 1);
      return { x: around(random, x, spread), y: around(random, y, spread), corner };
    }),
  );
}

interface Wave {
  readonly across: number;
  readonly down: number;
  readonly phase: number;
  readonly height: number;
}

const wave = (random: RandomStream): Wave => ({
  across: around(random, 0, 4),
  down: around(random, 0, 4),
  phase: 2 * Math.PI * random.uniform(),
  height: around(random, 0, 0.06),
});

/** Bends chains smoothly, then slants, turns and stretches them, in place. */
export function deform(chains: readonly Chain[], random: RandomStream): void {
  const [bendX, bendY] = [wave(random), wave(random)];
  const slant = around(random, 0.16, 0.3);
  const turn = around(random, 0, 0.15);
  const wide = Math.exp(around(random, 0, 0.27));
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  for (const chain of chains) {
    for (let i = 0; i < chain.length; i += 2) {
      const [x, y] = [chain[i] - 0.5, chain[i + 1] - 0.5];
      const u = x + bendX.height * Math.sin(bendX.across * x + bendX.down * y + bendX.phase);
      const v = y + bendY.height * Math.sin(bendY.across * x + bendY.down * y + bendY.phase);
      const slanted = wide * u - slant * v;
      chain[i] = cosine * slanted - sine * v;
      chain[i + 1] = sine * slanted + cosine * v;
    }
  }
}

export interface Pen {
  /** Half the width of the line, pixels. */
  readonly radius: number;
  /** Share by which the line grows and thins along a stroke, and how often. */
  readonly unevenness: number;
  readonly period: number;
  readonly phase: number;
  /** Width at the end of a stroke over that at its beginning. */
  readonly taper: number;
}

export const drawPen = (random: RandomStream): Pen => ({
  radius: Math.min(2.2, Math.max(0.65, 1.22 * Math.exp(around(random, 0, 0.26)))),
  unevenness: 0.22 * random.uniform(),
  period: 0.8 + 1.8 * random.uniform(),
  phase: 2 * Math.PI * random.uniform(),
  taper: 0.75 + 0.35 * random.uniform(),
});

/** Half the width of a pen's line at a share of its way from 0 to 1. */
export const radiusAt = ({ radius, unevenness, period, phase, taper }: Pen, way: number): number =>
  radius * (1 + (taper - 1) * way) * (1 + unevenness * Math.sin(2 * Math.PI * period * way + phase));
