// The path of a pen as a chain of short lines: Catmull and Rom's spline through the points of a stroke (E. Catmull, R. Rom, A class of
// local interpolating splines, 1974), broken at corners.
import type { Stroke } from './glyphs.ts';

/** Lines between two points of a stroke: short beside a pixel of 20 in a digit. */
const steps = 5;

/** x and y of the points of a chain, one after the other. */
export type Chain = Float64Array;

const spline = (a: number, b: number, c: number, d: number, t: number): number =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

/** The chain of a stroke, in the stroke's units. */
export function strokePath(stroke: Stroke): Chain {
  const chain = new Float64Array(2 * ((stroke.length - 1) * steps + 1));
  for (let i = 0; i + 1 < stroke.length; i++) {
    const [from, to] = [stroke[i], stroke[i + 1]];
    // At an end and at a corner the line goes on as it came.
    const before = i === 0 || from.corner ? from : stroke[i - 1];
    const after = i + 2 >= stroke.length || to.corner ? to : stroke[i + 2];
    for (let k = 0; k < steps; k++) {
      const at = 2 * (i * steps + k);
      chain[at] = spline(before.x, from.x, to.x, after.x, k / steps);
      chain[at + 1] = spline(before.y, from.y, to.y, after.y, k / steps);
    }
  }
  const last = stroke[stroke.length - 1];
  chain.set([last.x, last.y], chain.length - 2);
  return chain;
}
