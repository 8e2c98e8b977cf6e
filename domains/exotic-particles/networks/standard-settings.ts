// The settings of the standard network, chosen on validation rows of real events alone (benchmarks/collision-baselines.ts): for
// as many events as the HIGGS rows at hand, 40,568, and for as few as the SUSY rows, 4,199; and for as many as one likes to
// generate.
import { adamRecipe, type Recipe } from './recipes.ts';
import type { StandardOptions } from './standard-network.ts';

export interface StandardSettings {
  readonly network: StandardOptions;
  readonly recipe: Recipe;
}

export const manyEvents: StandardSettings = {
  network: {
    // 192 is no better on validation rows and takes half as long again.
    width: 128,
    // As Gorishniy et al. 2021 found on the same set; plain layers of 300 lose 0.007 of AUC.
    blocks: 3,
    // 0.15 is 0.004 of AUC worse: it overfits after ten passes.
    dropout: 0.3,
    // Validation cross-entropy 0.523; 0.528 without the encoding.
    bins: 12,
  },
  recipe: adamRecipe({
    // Validation cross-entropy stops falling after nine or ten.
    epochs: 12,
    // 0.001 had not arrived after 12 passes.
    learningRate: 3e-3,
    // 0.2 and 0.01 differ from it by no more than two seeds do.
    weightDecay: 0.1,
  }),
};

export const fewEvents: StandardSettings = {
  network: {
    // 64 and 128 overfit after six passes.
    width: 32,
    blocks: 2,
    // 0.3 has a higher cross-entropy.
    dropout: 0.5,
    // Validation cross-entropy 0.460; 0.472 without the encoding.
    bins: 8,
  },
  recipe: adamRecipe({
    // The best came after four to eight of 16.
    epochs: 10,
    // 33 steps a pass instead of 16.
    batchSize: 128,
    learningRate: 3e-3,
    // Three times that of many events: there is less to learn from.
    weightDecay: 0.3,
  }),
};

/** Chosen on the validation events of the generator, 450,000 to train on. */
export const plentyOfEvents: StandardSettings = {
  network: {
    // 128 and three blocks find no more, and take twice as long.
    width: 64,
    // One loses 0.003 of AUC on low-level features.
    blocks: 2,
    // What little is repeated needs none; 0.05 is no better and takes a fifth longer.
    dropout: 0,
    // 8 are no better, and a fifth slower.
    bins: 4,
  },
  recipe: adamRecipe({
    // A fourth pass gains 0.006 on low-level features and 0.001 on high-level ones.
    epochs: 3,
    // 512 shows as many events in three quarters more time, and 0.001 of AUC is all that it gains.
    batchSize: 1024,
    learningRate: 1e-2,
    weightDecay: 0.05,
  }),
};

/** Between the numbers that were tried. */
const FEW = 15_000;
const PLENTY = 150_000;

/** @param events to train on */
export function standardSettings(events: number): StandardSettings {
  if (events < FEW) return fewEvents;
  return events < PLENTY ? manyEvents : plentyOfEvents;
}
