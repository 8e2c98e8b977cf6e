// The stransverse mass MT2 (Lester and Summers, hep-ph/9906349) of two massless leptons and two massless invisible particles.
// Here it is one root of one equation; general masses would need the bisection of ellipses (Lester and Nachman, 1411.4312).

const turn = 2 * Math.PI;

/**
 * MT2 = min over q1 + q2 = m of max{mT(p1, q1), mT(p2, q2)}, mT^2 = 2 (|p||q| - p . q), all transverse, in GeV. 0 where m lies
 * in the cone between p1 and p2.
 *
 * Elsewhere both masses are equal at the minimum and their gradients |p1| (q1^ - p1^) and |p2| (q2^ - p2^) are parallel: q1 and q2 are
 * the directions p1 and p2 reflected in one axis. The axis that reflects m to the fraction s of the way from p1 to p2 splits it into
 * |q1| = |m| sin[(1 - s) D]/sin D and |q2| = |m| sin(s D)/sin D, D the angle between the leptons, which leaves one equation for s.
 * The problem is convex, so that such a point is the minimum.
 *
 * @param p1 transverse momentum of a lepton and its azimuth, likewise the other's and the missing energy's
 */
export function stransverseMass(
  p1: number,
  phi1: number,
  p2: number,
  phi2: number,
  missing: number,
  phi: number,
): number {
  let between = phi2 - phi1;
  between -= turn * Math.round(between / turn);
  const sense = between < 0 ? -1 : 1;
  const angle = Math.min(Math.max(sense * between, 1e-9), Math.PI - 1e-9);
  let from = sense * (phi - phi1);
  from -= turn * Math.floor(from / turn);
  if (from <= angle) return 0;

  /** Half the squared transverse masses of the two sides, up to |m| / sin D: that of the first, and first less second. */
  const first = (s: number): number => {
    const sine = Math.sin(0.5 * (from + s * angle));
    return 2 * p1 * Math.sin((1 - s) * angle) * sine * sine;
  };
  const imbalance = (s: number): number => {
    const sine = Math.sin(0.5 * (from + s * angle) - angle);
    return first(s) - 2 * p2 * Math.sin(s * angle) * sine * sine;
  };

  // Outside of these bounds the gradients would be antiparallel: no minimum but a saddle.
  let low = Math.max(0, 2 - from / angle);
  let high = Math.min(1, (turn - from) / angle);
  let atLow = imbalance(low);
  let atHigh = imbalance(high);
  // Regula falsi, halving the weight of an end that stays (Illinois).
  let side = 0;
  let s = low;
  for (let step = 0; step < 60 && high - low > 1e-12 && atLow !== atHigh; step++) {
    s = (low * atHigh - high * atLow) / (atHigh - atLow);
    const value = imbalance(s);
    if (Math.abs(value) <= 1e-12 * (p1 + p2)) break;
    if (value > 0) {
      low = s;
      atLow = value;
      if (side > 0) atHigh /= 2;
      side = 1;
    } else {
      high = s;
      atHigh = value;
      if (side < 0) atLow /= 2;
      side = -1;
    }
  }
  return Math.sqrt(Math.max(0, (2 * missing * first(s)) / Math.sin(angle)));
}
