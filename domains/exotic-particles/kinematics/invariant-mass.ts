// Invariant masses of systems of particles.
import type { FourVector } from './four-vector.ts';

/** M of two particles: sqrt[(E1 + E2)^2 - (p1 + p2)^2]. */
export function pairMass(a: FourVector, b: FourVector): number {
  return massOf(a.px + b.px, a.py + b.py, a.pz + b.pz, a.energy + b.energy);
}

/** M of three particles. */
export function tripleMass(a: FourVector, b: FourVector, c: FourVector): number {
  return massOf(a.px + b.px + c.px, a.py + b.py + c.py, a.pz + b.pz + c.pz, a.energy + b.energy + c.energy);
}

function massOf(px: number, py: number, pz: number, energy: number): number {
  return Math.sqrt(Math.max(0, energy * energy - px * px - py * py - pz * pz));
}
