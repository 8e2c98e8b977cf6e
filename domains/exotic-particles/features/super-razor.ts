// The super-razor variables of two leptons and missing energy (Buckley, Lykken, Rogan, Spiropulu, 1310.4827): the masses and
// angles of a pair of heavy particles, each decaying to a lepton and something invisible, in approximate rest frames.
import { deltaPhi } from '../kinematics/angles.ts';
import { boost } from '../kinematics/boost.ts';
import { FourVector } from '../kinematics/four-vector.ts';

/**
 * Returns a function that writes `S_R, M_Delta_R, dPhi_r_b, cos(theta_r1)` to `out[offset ...]`, given two massless leptons in the
 * laboratory (not changed) and the missing energy (mx, my), in GeV:
 *
 * 1. both leptons are boosted along the beam to pz1 + pz2 = 0; then ll = l1 + l2 has energy E and momentum p;
 * 2. with P = pT(ll) + m: S_R = sqrt{2 [E^2 - p . P + E sqrt(E^2 + P^2 - 2 p . P)]};
 * 3. a boost by -P/sqrt(P^2 + S_R^2) leads to the frame R; dPhi_r_b = angle between p(ll) there and P, about the beam;
 * 4. beta_R = (p1 - p2)/(E1 + E2) there; l1 boosted by -beta_R and l2 by +beta_R have one energy E':
 *    M_Delta_R = 2 E', cos(theta_r1) = |p1' . beta_R| / (|p1'| |beta_R|).
 */
export function makeSuperRazor(): (
  lepton1: FourVector,
  lepton2: FourVector,
  mx: number,
  my: number,
  out: Float64Array | Float32Array,
  offset: number,
) => void {
  const first = new FourVector();
  const second = new FourVector();

  return (lepton1, lepton2, mx, my, out, offset) => {
    first.copy(lepton1);
    second.copy(lepton2);
    const along = (first.pz + second.pz) / (first.energy + second.energy);
    boost(first, 0, 0, -along);
    boost(second, 0, 0, -along);
    const energy = first.energy + second.energy;
    const px = first.px + second.px;
    const py = first.py + second.py;
    const totalX = px + mx;
    const totalY = py + my;
    const total2 = totalX * totalX + totalY * totalY;
    const dot = px * totalX + py * totalY;
    const shat2 =
      2 * (energy * energy - dot + energy * Math.sqrt(Math.max(0, energy * energy + total2 - 2 * dot)));

    const norm = Math.sqrt(total2 + shat2);
    boost(first, -totalX / norm, -totalY / norm, 0);
    boost(second, -totalX / norm, -totalY / norm, 0);
    const sum = first.energy + second.energy;
    const azimuth = Math.atan2(first.py + second.py, first.px + second.px);
    const betaX = (first.px - second.px) / sum;
    const betaY = (first.py - second.py) / sum;
    const betaZ = (first.pz - second.pz) / sum;
    boost(first, -betaX, -betaY, -betaZ);

    const beta = Math.sqrt(betaX * betaX + betaY * betaY + betaZ * betaZ);
    const cosine = (first.px * betaX + first.py * betaY + first.pz * betaZ) / (first.momentum * beta);
    out[offset] = Math.sqrt(shat2);
    out[offset + 1] = 2 * first.energy;
    out[offset + 2] = Math.abs(deltaPhi(azimuth, Math.atan2(totalY, totalX)));
    out[offset + 3] = Math.abs(cosine);
  };
}
