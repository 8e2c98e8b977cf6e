// The networks of Baldi, Sadowski and Whiteson 2014 as their code builds them (github uci-igb/higgs-susy): layers of tanh
// units and one sigmoid unit, here answering its logit.
import { type Initialisation, mlp } from '../../../core/models/mlp.ts';
import type { Architecture } from './architecture.ts';

export interface PaperOptions {
  /** Units of each hidden layer; none for logistic regression. */
  readonly hidden: readonly number[];
  /** Dropout of the last hidden layer, 0.5 in the paper's SUSY networks with dropout. Default 0. */
  readonly topDropout?: number;
}

/** Standard deviations of the weights before training: first hidden layer, other hidden layers, output. Biases start at 0. */
const deviations = { first: 0.1, hidden: 0.05, output: 0.001 } as const;

const normal = (standardDeviation: number): Initialisation => ({ kind: 'normal', standardDeviation });

/** `hidden` layers of tanh units, and the logit of one sigmoid unit. */
export const paperNetwork = ({ hidden, topDropout = 0 }: PaperOptions): Architecture => ({
  members: 1,
  invariants: false,
  bins: 0,
  body: (inputs, random) =>
    mlp({
      inputs,
      hidden,
      hiddenActivation: 'tanh',
      outputs: 1,
      outputActivation: 'linear',
      initialisation: [
        ...hidden.map((_, i) => normal(i === 0 ? deviations.first : deviations.hidden)),
        normal(deviations.output),
      ],
      dropoutRate: hidden.map((_, i) => (i === hidden.length - 1 ? topDropout : 0)),
      random,
    }),
});
