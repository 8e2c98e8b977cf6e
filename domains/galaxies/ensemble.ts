// How the networks of several runs are averaged: their images in flux, not in the stretch in which networks learn, since that is what
// files hold, what is conserved, and what deviations are of.
import type { EnsembleRule } from '../ensemble.ts';
import { deviationOutput, restoredOutput } from './networks/names.ts';

export const ensemble: EnsembleRule = {
  outputs: {
    [restoredOutput]: 'mean',
    // Each member's as it was stretched to its own errors: those of a single network, so that of the ensemble's they hold more.
    [deviationOutput]: { deviationOf: restoredOutput },
  },
  metadata: ([first]) =>
    deviationOutput in first
      ? {
          ...first,
          [deviationOutput]:
            "standard deviation of the restored flux: of the mean of its members' variances and the variance of their images",
        }
      : first,
  // What a generator of pix2pix was trained for.
  meaning: ({ setting }) => setting,
  acrossSeeds: true,
};
