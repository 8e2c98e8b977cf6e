// Distances on the cylinder of pseudorapidity and azimuth.

const turn = 2 * Math.PI;

/** The angle from `b` to `a`, brought into [-pi, pi]. */
export function deltaPhi(a: number, b: number): number {
  const difference = a - b;
  return difference - turn * Math.round(difference / turn);
}

/** sqrt(delta eta^2 + delta phi^2) */
export function deltaR(eta1: number, phi1: number, eta2: number, phi2: number): number {
  const eta = eta1 - eta2;
  const phi = deltaPhi(phi1, phi2);
  return Math.sqrt(eta * eta + phi * phi);
}
