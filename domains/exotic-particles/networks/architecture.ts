// What a kind of network says of itself. The kinds are in architectures.ts.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { RandomStream } from '../../../core/random.ts';

export interface Architecture {
  /** Logits it answers: networks whose mean is the result. */
  readonly members: number;
  /** Sees particles by what their symmetries leave (invariant-layer.ts) where the columns tell them. */
  readonly invariants: boolean;
  /** Bins of the piecewise-linear encoding of each number (piecewise-layer.ts) where particles are seen; 0 for none. */
  readonly bins: number;
  /** The layers behind the scaled columns: [rows, inputs] -> logits [rows, members]. */
  body(inputs: number, random: RandomStream): LayersModel;
}
