// What the hard process of SUSY leaves before radiation and detector: two leptons, two neutrinos and, in the signal, two neutralinos.
import { FourVector } from '../kinematics/four-vector.ts';

/** Particles of one collision, refilled for each. */
export class SusyPartons {
  /** The pair of charginos or of W bosons. */
  readonly system = new FourVector();
  /** The charginos of the signal; the W bosons themselves in the background. */
  readonly mothers = [new FourVector(), new FourVector()] as const;
  readonly neutralinos = [new FourVector(), new FourVector()] as const;
  readonly w = [new FourVector(), new FourVector()] as const;
  readonly leptons = [new FourVector(), new FourVector()] as const;
  readonly neutrinos = [new FourVector(), new FourVector()] as const;
}
