// What is timed: a network with its objective and one batch of numbers.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Feeds, InputSpecs, Step } from '../../core/engine/program.ts';
import type { RandomStream } from '../../core/random.ts';
import type { Objective } from '../../core/training/objective.ts';
import type { Optimizer } from '../../core/training/optimizers/optimizer.ts';

export interface Subject {
  readonly model: LayersModel;
  readonly objective: Objective;
  readonly optimizer: Optimizer;
  readonly inputs: InputSpecs;
  /** One batch. */
  readonly batch: Feeds;
  /** What is timed instead of a step of training. */
  readonly forward?: Step;
}

/** A network of the benchmark, by the name that its peers know it by. */
export interface BenchmarkNetwork {
  readonly name: string;
  readonly title: string;
  readonly batch: number;
  /** Steps in one round of timing. */
  readonly steps: number;
  /** Steps a call for the second way of running it. */
  readonly grouped: number;
  build(random: RandomStream): Subject;
}

/** Standard normal numbers. */
export const normalNumbers = (random: RandomStream, count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.normal());

/** Zeros and ones. */
export const coins = (random: RandomStream, count: number): Float32Array =>
  Float32Array.from({ length: count }, () => random.integer(2));
