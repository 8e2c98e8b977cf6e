// How the networks of several runs are averaged, those of one id together: their probabilities, of the phase and of the studies'
// answers. What a network keeps to itself is left out.
import type { EnsembleRule } from '../ensemble.ts';
import { hiddenOutput, orderedOutput, phaseOutput } from './network.ts';
import { belowOutput, trialsKey } from './studies/confusion/network.ts';
import { latentOutput, lossOutput } from './studies/vae/network.ts';

export const ensemble: EnsembleRule = {
  outputs: {
    [phaseOutput]: 'mean',
    // Each calibrated on the validation lattices of its own run.
    [orderedOutput]: 'mean',
    [belowOutput]: 'mean',
    [lossOutput]: 'mean',
    // The order of hidden units and the sign of a latent variable are other ones in each network.
    [hiddenOutput]: 'left-out',
    [latentOutput]: 'left-out',
  },
  meaning: ({ [trialsKey]: trials }) => trials,
  acrossSeeds: true,
};
