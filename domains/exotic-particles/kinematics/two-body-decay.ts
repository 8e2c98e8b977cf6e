// Decays of one particle into two, the only step of which the generator's decay chains are made.
import { boostFromRestFrame, boostToRestFrame } from './boost.ts';
import { FourVector } from './four-vector.ts';

/**
 * Momentum of either product in the rest frame of a particle of mass M that decays into masses a and b:
 * k = sqrt{[M^2 - (a + b)^2] [M^2 - (a - b)^2]} / (2M), 0 below threshold.
 */
export function breakupMomentum(parent: number, a: number, b: number): number {
  const sum = a + b;
  const difference = a - b;
  const square = (parent * parent - sum * sum) * (parent * parent - difference * difference);
  return square > 0 ? Math.sqrt(square) / (2 * parent) : 0;
}

const sister = new FourVector();

/**
 * Decays `parent` (of mass `mass`) into `first` and `second`, which are overwritten: in the rest frame of the parent `first` leaves
 * at polar angle arccos(`cosine`) and azimuth `azimuth` about the beam axis.
 */
export function decayAboutBeam(
  parent: FourVector,
  mass: number,
  first: FourVector,
  firstMass: number,
  second: FourVector,
  secondMass: number,
  cosine: number,
  azimuth: number,
): void {
  const k = breakupMomentum(mass, firstMass, secondMass);
  const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
  const px = k * sine * Math.cos(azimuth);
  const py = k * sine * Math.sin(azimuth);
  const pz = k * cosine;
  first.set(px, py, pz, Math.sqrt(k * k + firstMass * firstMass));
  second.set(-px, -py, -pz, Math.sqrt(k * k + secondMass * secondMass));
  boostFromRestFrame(first, parent, mass);
  boostFromRestFrame(second, parent, mass);
}

/**
 * Decays `parent` into two massless particles with the helicity angle arccos(`cosine`): the one between `first`, in the rest frame
 * of the parent, and the flight of the parent, in the frame of the particle that it came from. That flight is opposite to
 * `recoiling`, the other product of that particle, as the parent sees it.
 */
export function decayAboutFlight(
  parent: FourVector,
  mass: number,
  recoiling: FourVector,
  first: FourVector,
  second: FourVector,
  cosine: number,
  azimuth: number,
): void {
  boostToRestFrame(sister.copy(recoiling), parent, mass);
  const length = -sister.momentum;
  const nx = sister.px / length;
  const ny = sister.py / length;
  const nz = sister.pz / length;
  // u and v complete the flight n to an orthonormal frame (Duff et al. 2017, JCGT 6:1).
  const sign = nz >= 0 ? 1 : -1;
  const a = -1 / (sign + nz);
  const b = nx * ny * a;
  const k = mass / 2;
  const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
  const alongU = k * sine * Math.cos(azimuth);
  const alongV = k * sine * Math.sin(azimuth);
  const along = k * cosine;
  const px = along * nx + alongU * (1 + sign * nx * nx * a) + alongV * b;
  const py = along * ny + alongU * sign * b + alongV * (sign + ny * ny * a);
  const pz = along * nz - alongU * sign * nx - alongV * ny;
  first.set(px, py, pz, k);
  second.set(-px, -py, -pz, k);
  boostFromRestFrame(first, parent, mass);
  boostFromRestFrame(second, parent, mass);
}
