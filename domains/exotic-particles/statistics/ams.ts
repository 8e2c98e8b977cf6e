// The figure of merit of the HiggsML challenge (Adam-Bourdarios et al. 2014, "Learning to discover: the Higgs boson machine
// learning challenge", equation 7): the counting significance with a constant added to the background, which keeps
// selections of a few events from winning by chance.
import { countingSignificance } from './significance.ts';

/**
 * AMS = sqrt(2 [(s + b + b_reg) ln(1 + s / (b + b_reg)) - s]).
 *
 * @param signal s, weighted events taken, >= 0
 * @param background b, weighted events taken, >= 0
 * @param regularisation b_reg in events; 10 in the challenge
 */
export const approximateMedianSignificance = (
  signal: number,
  background: number,
  regularisation = 10,
): number => countingSignificance(signal, background + regularisation);
