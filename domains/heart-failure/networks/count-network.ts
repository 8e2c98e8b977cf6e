// What the paper compares recurrent networks with: a record as the counts of its codes, in a linear model or with a hidden
// layer.
import { log1p, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { mlp } from '../../../core/models/mlp.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { CountKind } from './kinds.ts';

/** Hidden units of the multilayer perceptron. The paper's has 15 on one-hot codes and 100 on grouped ones. */
const hiddenUnits = 50;

/** ln(1 + n) of counts n [rows, codes]: what the layers read. */
export const fromCounts = (counts: Tensor): Tensor => log1p(counts);

/**
 * From ln(1 + n) [rows, codes] to a score [rows, 1], higher for cases.
 *
 * @param prior log odds of being a case, from which training starts: a bias of 0 would first teach every code to speak
 *   against being one
 */
export const countNetwork = (
  kind: CountKind,
  codes: number,
  prior: number,
  random: RandomStream,
): LayersModel =>
  mlp({
    inputs: codes,
    hidden: kind === 'mlp' ? [hiddenUnits] : [],
    hiddenActivation: 'relu',
    outputs: 1,
    outputActivation: 'linear',
    outputBias: kind === 'svm' ? Math.sign(prior) : prior,
    dropoutRate: kind === 'mlp' ? [0.5] : [],
    initialisation:
      kind === 'mlp' ? { kind: 'glorot-uniform' } : { kind: 'normal', standardDeviation: 0.001 },
    random,
  });
