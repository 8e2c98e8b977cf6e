// Lorentz boosts of four-vectors, in place.
import type { FourVector } from './four-vector.ts';

/**
 * Boosts `v` by the velocity beta (c = 1): p' = p + beta [g^2/(g + 1) (beta . p) + g E], E' = g (E + beta . p),
 * g = 1/sqrt(1 - beta^2). A particle at rest gets the velocity beta.
 */
export function boost(v: FourVector, betaX: number, betaY: number, betaZ: number): FourVector {
  const gamma = 1 / Math.sqrt(1 - (betaX * betaX + betaY * betaY + betaZ * betaZ));
  const along = betaX * v.px + betaY * v.py + betaZ * v.pz;
  const factor = ((gamma * gamma) / (gamma + 1)) * along + gamma * v.energy;
  return v.set(
    v.px + betaX * factor,
    v.py + betaY * factor,
    v.pz + betaZ * factor,
    gamma * (v.energy + along),
  );
}

/** Takes `v` from the rest frame of `parent` (of mass `mass` > 0) into the frame in which `parent` is given. */
export function boostFromRestFrame(v: FourVector, parent: FourVector, mass: number): FourVector {
  const along = v.px * parent.px + v.py * parent.py + v.pz * parent.pz;
  const factor = (along / (parent.energy + mass) + v.energy) / mass;
  return v.set(
    v.px + parent.px * factor,
    v.py + parent.py * factor,
    v.pz + parent.pz * factor,
    (parent.energy * v.energy + along) / mass,
  );
}

/** Takes `v` into the rest frame of `parent` (of mass `mass` > 0); both are given in the same frame. */
export function boostToRestFrame(v: FourVector, parent: FourVector, mass: number): FourVector {
  const along = v.px * parent.px + v.py * parent.py + v.pz * parent.pz;
  const factor = (along / (parent.energy + mass) - v.energy) / mass;
  return v.set(
    v.px + parent.px * factor,
    v.py + parent.py * factor,
    v.pz + parent.pz * factor,
    (parent.energy * v.energy - along) / mass,
  );
}
