// What the hard process of HIGGS leaves before radiation and detector, the same for signal and background: l nu q q b b.
import { FourVector } from '../kinematics/four-vector.ts';

/** Particles of one collision, refilled for each; all but the chain's own are massless. */
export class HiggsPartons {
  /** All of them together: H0, or the pair of top quarks. */
  readonly system = new FourVector();
  /** The mother of `wLeptonic` or `wHadronic` that is not the system itself: H+- in the signal, else the two top quarks. */
  readonly firstMother = new FourVector();
  readonly secondMother = new FourVector();
  readonly wLeptonic = new FourVector();
  readonly wHadronic = new FourVector();
  readonly lepton = new FourVector();
  readonly neutrino = new FourVector();
  readonly down = new FourVector();
  /** Up or charm quark. */
  readonly up = new FourVector();
  readonly bottom = new FourVector();
  readonly antibottom = new FourVector();
}
