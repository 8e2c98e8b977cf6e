// How the networks of several runs are averaged: their images in flux, not in the stretch in which networks learn, since that is what
// files hold, what is conserved, and what deviations are of.
import type { EnsembleRule } from '../ensemble.ts';
import { deviationOutput, restoredOutput } from './networks/names.ts';

export const ensemble: EnsembleRule = {
  outputs: {
    [restoredOutput]: 'mean',
    // A member's was stretched to the errors of a single network, which are larger than those of a mean: the result holds more than 68 %.
    [deviationOutput]: { deviationOf: restoredOutput },
  },
  metadata: ([first]) =>
    deviationOutput in first
      ? {
          ...first,
          [deviationOutput]:
            "standard deviation of the restored flux: the mean of the members' variances and the variance of their images, together",
        }
      : first,
  // What a generator of pix2pix was trained for.
  meaning: ({ setting }) => setting,
  acrossSeeds: true,
};
