// One handwritten digit, bright on black, in the frame of MNIST: 20 px high or wide, its centre of mass in the middle of 28 x 28.
import type { RandomStream } from '../../../core/random.ts';
import { type Glyph, glyphs } from './glyphs.ts';
import { deform, drawPen, missPoints } from './hand.ts';
import { paintChain } from './paint-chain.ts';
import { type Chain, strokePath } from './stroke-path.ts';

/** Side of an image, and of the square that its digit fits into, pixels. */
export const side = 28;
const digitSide = 20;

function chooseGlyph(digit: number, random: RandomStream): Glyph {
  const ways = glyphs[digit];
  let rest = random.uniform() * ways.reduce((sum, { weight }) => sum + weight, 0);
  for (const way of ways) {
    rest -= way.weight;
    if (rest < 0) return way;
  }
  return ways[0];
}

/** Puts the chains into the square, with room for the pen, in the middle of the image. */
function fit(chains: readonly Chain[], margin: number): void {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const chain of chains) {
    for (let i = 0; i < chain.length; i++) {
      low[i % 2] = Math.min(low[i % 2], chain[i]);
      high[i % 2] = Math.max(high[i % 2], chain[i]);
    }
  }
  const scale = (digitSide - 2 * margin) / Math.max(high[0] - low[0], high[1] - low[1]);
  for (const chain of chains) {
    for (let i = 0; i < chain.length; i++) {
      chain[i] = side / 2 + scale * (chain[i] - (low[i % 2] + high[i % 2]) / 2);
    }
  }
}

/** Moves the ink by whole pixels so that its centre of mass comes to pixel 14, where MNIST has it. */
function centre(ink: Float32Array, image: Uint8Array): void {
  let [mass, across, down] = [0, 0, 0];
  for (let i = 0; i < ink.length; i++) {
    mass += ink[i];
    across += ink[i] * (i % side);
    down += ink[i] * Math.floor(i / side);
  }
  const [right, lower] = [Math.round(side / 2 - across / mass), Math.round(side / 2 - down / mass)];
  for (let y = Math.max(0, -lower); y < side && y + lower < side; y++) {
    for (let x = Math.max(0, -right); x < side && x + right < side; x++) {
      image[(y + lower) * side + x + right] = Math.round(255 * ink[y * side + x]);
    }
  }
}

/** Draws a digit from 0 to 9 into `image`, 28 x 28 bytes that are 0. It depends on the stream alone. */
export function renderDigit(digit: number, random: RandomStream, image: Uint8Array): void {
  const strokes = missPoints(chooseGlyph(digit, random).strokes, random);
  const chains = strokes.map(strokePath);
  deform(chains, random);
  const pen = drawPen(random);
  fit(chains, pen.radius);
  const ink = new Float32Array(side * side);
  for (const chain of chains) paintChain(ink, side, chain, pen);
  centre(ink, image);
}
