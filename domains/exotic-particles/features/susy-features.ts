// The ten derived variables of SUSY (Baldi, Sadowski, Whiteson 2014), by the definitions that reproduce the published columns
// (README.md, "Features, exactly"). Leptons are massless.
import { deltaPhi } from '../kinematics/angles.ts';
import { FourVector } from '../kinematics/four-vector.ts';
import { stransverseMass } from './stransverse-mass.ts';
import { makeSuperRazor } from './super-razor.ts';
import type { SusyEvent } from './susy-event.ts';

/**
 * Returns a function that writes `MET_rel, axial MET, M_R, M_TR_2, R, MT2, S_R, M_Delta_R, dPhi_r_b, cos(theta_r1)` (GeV and radians) of
 * an event to `out[offset ...]`, with m the vector of missing transverse energy:
 *
 * - MET_rel = |m|, times sin of its smallest angle to a lepton or jet where that is below pi/2;
 * - axial MET = m . pT(ll) / |pT(ll)|;
 * - M_R = sqrt[(E1 + E2)^2 - (pz1 + pz2)^2] (razor, Rogan 1006.2727);
 * - M_TR_2 = sqrt{[|m| (pT1 + pT2) - m . pT(ll)] / 2}; R = M_TR_2 / M_R;
 * - MT2: {@link stransverseMass}; the last four: {@link makeSuperRazor}.
 *
 * Each function has its own scratch space.
 */
export function makeSusyFeatures(): (
  event: SusyEvent,
  out: Float64Array | Float32Array,
  offset: number,
) => void {
  const lepton1 = new FourVector();
  const lepton2 = new FourVector();
  const superRazor = makeSuperRazor();

  return (event, out, offset) => {
    const { transverseMomentum1: pt1, transverseMomentum2: pt2, missingEnergy: missing } = event;
    lepton1.setMassless(pt1, event.pseudorapidity1, event.azimuth1);
    lepton2.setMassless(pt2, event.pseudorapidity2, event.azimuth2);
    const mx = missing * Math.cos(event.missingEnergyAzimuth);
    const my = missing * Math.sin(event.missingEnergyAzimuth);
    const px = lepton1.px + lepton2.px;
    const py = lepton1.py + lepton2.py;
    const pz = lepton1.pz + lepton2.pz;
    const energy = lepton1.energy + lepton2.energy;
    const along = mx * px + my * py;
    const razorMass = Math.sqrt(energy * energy - pz * pz);
    const transverseRazorMass = Math.sqrt(Math.max(0, (missing * (pt1 + pt2) - along) / 2));
    out[offset] = relativeMissingEnergy(event);
    out[offset + 1] = along / Math.sqrt(px * px + py * py);
    out[offset + 2] = razorMass;
    out[offset + 3] = transverseRazorMass;
    out[offset + 4] = transverseRazorMass / razorMass;
    out[offset + 5] = stransverseMass(
      pt1,
      event.azimuth1,
      pt2,
      event.azimuth2,
      missing,
      event.missingEnergyAzimuth,
    );
    superRazor(lepton1, lepton2, mx, my, out, offset + 6);
  };
}

function relativeMissingEnergy(event: SusyEvent): number {
  const azimuth = event.missingEnergyAzimuth;
  let nearest = Math.min(
    Math.abs(deltaPhi(azimuth, event.azimuth1)),
    Math.abs(deltaPhi(azimuth, event.azimuth2)),
  );
  for (let jet = 0; jet < event.jets; jet++) {
    nearest = Math.min(nearest, Math.abs(deltaPhi(azimuth, event.jetAzimuth[jet])));
  }
  return nearest < Math.PI / 2 ? event.missingEnergy * Math.sin(nearest) : event.missingEnergy;
}
