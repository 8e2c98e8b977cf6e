// What a network is trained towards.
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/** Loss and metrics as weighted means over the rows of a batch, `weight` [rows] being among the inputs. */
export type Objective = (
  inputs: Record<string, Tensor>,
  training: boolean,
) => {
  readonly loss: Scalar;
  readonly metrics?: Readonly<Record<string, Scalar>>;
  /** Numbers [rows] for validation metrics that are no mean over rows: see `rowMetrics` of `fit`. */
  readonly rows?: Readonly<Record<string, Tensor>>;
};
