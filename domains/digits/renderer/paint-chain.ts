// A chain of lines as ink on a square of pixels: a round pen whose width changes along its way. A pixel is as dark as the pen's edge
// covers it, to first order in the distance from the edge.
import { type Pen, radiusAt } from './hand.ts';
import type { Chain } from './stroke-path.ts';

/** Draws over what is there; ink is from 0 to 1. Pixel (i, j) has its middle at (i + 0.5, j + 0.5). */
export function paintChain(ink: Float32Array, side: number, chain: Chain, pen: Pen): void {
  const lines = chain.length / 2 - 1;
  for (let line = 0; line < lines; line++) {
    const [x, y] = [chain[2 * line], chain[2 * line + 1]];
    const [alongX, alongY] = [chain[2 * line + 2] - x, chain[2 * line + 3] - y];
    const square = alongX * alongX + alongY * alongY;
    const radius = radiusAt(pen, line / lines);
    const grow = radiusAt(pen, (line + 1) / lines) - radius;
    const reach = Math.max(radius, radius + grow) + 0.5;
    const left = Math.max(0, Math.floor(Math.min(x, x + alongX) - reach));
    const right = Math.min(side - 1, Math.floor(Math.max(x, x + alongX) + reach));
    const top = Math.max(0, Math.floor(Math.min(y, y + alongY) - reach));
    const bottom = Math.min(side - 1, Math.floor(Math.max(y, y + alongY) + reach));
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - y;
      for (let column = left; column <= right; column++) {
        const dx = column + 0.5 - x;
        const share = square > 0 ? Math.min(1, Math.max(0, (dx * alongX + dy * alongY) / square)) : 0;
        const [offX, offY] = [dx - share * alongX, dy - share * alongY];
        const cover = radius + share * grow + 0.5 - Math.sqrt(offX * offX + offY * offY);
        const at = row * side + column;
        if (cover > ink[at]) ink[at] = cover < 1 ? cover : 1;
      }
    }
  }
}
