// All networks of the benchmark.
import { deepAutoencoder, lenet } from './digits.ts';
import { houseGru, longRecords, mediumRecords, shortRecords, tfjsGru, tfjsLstm } from './gru.ts';
import { latticeCnn } from './lattice-cnn.ts';
import { largeBatchPerceptron, paperPerceptrons, smallBatchPerceptron } from './mlp.ts';
import type { BenchmarkNetwork } from './network.ts';
import { restorations } from './restoration.ts';
import { unet } from './unet.ts';

export const networks: readonly BenchmarkNetwork[] = [
  smallBatchPerceptron,
  largeBatchPerceptron,
  ...paperPerceptrons,
  latticeCnn,
  unet,
  ...restorations,
  houseGru,
  shortRecords,
  mediumRecords,
  longRecords,
  tfjsGru,
  tfjsLstm,
  deepAutoencoder,
  lenet,
];
