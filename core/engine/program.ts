// What the engine offers whatever the device: a step is compiled into a program, the program keeps its variables where
// it runs, and nothing comes back until somebody asks. devices/ holds the engines themselves.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { DType, TensorData } from './tensor-data.ts';

/** Shape and type of one input of a step. */
export interface InputSpec {
  readonly shape: readonly number[];
  /** What the step sees; `float32` by default. */
  readonly dtype?: DType;
  /** What is fed, when that is smaller: converted to `dtype` on the device. */
  readonly storage?: 'int8' | 'uint8';
}

export type InputSpecs = Readonly<Record<string, InputSpec>>;

/**
 * One step of work in tfjs: reads its inputs and any tf.Variables, assigns variables (by an optimiser, say), and returns
 * what the caller wants to see. It must be the same graph at every call: no reading of tensors, no randomness but the
 * engine's own, and numbers that change (a learning rate) come in as inputs.
 */
export type Step = (inputs: Record<string, Tensor>) => Readonly<Record<string, Tensor>>;

export type FeedArray = Float32Array | Int32Array | Uint8Array | Int8Array;

/** What is fed for one step: numbers for each input, row-major; a plain number for a scalar. */
export type Feeds = Readonly<Record<string, FeedArray | number>>;

export type Results = Record<string, TensorData>;

export interface CompileOptions {
  /** Shown in errors. */
  readonly name?: string;
  /** How many steps one call runs; they are unrolled into one graph. Default 1. */
  readonly stepsPerCall?: number;
}

/** A compiled step. */
export interface Program {
  readonly name: string;
  readonly stepsPerCall: number;
  /** Steps run so far: the clock of the engine's random numbers. Set it to resume. */
  step: number;
  /**
   * Runs `stepsPerCall` steps, one for each element of `feeds`, and answers what each returned. Results are the caller's
   * to keep.
   * @throws RangeError when an input is missing or has the wrong number of elements
   */
  run(...feeds: readonly Feeds[]): Promise<Results[]>;
  /** Frees what the program holds on its device. The variables stay with the engine. */
  dispose(): Promise<void>;
}

/** A device with the variables that live on it, shared by the programs compiled for it. */
export interface Engine {
  readonly device: string;
  /** Compiles a step; see {@link Step}. Variables it meets move to the device with their present values. */
  compile(step: Step, inputs: InputSpecs, options?: CompileOptions): Promise<Program>;
  /** Brings the variables' values back from the device into the tf.Variables. */
  pull(): Promise<void>;
  /** Sends the tf.Variables' values to the device, after they were set by hand. */
  push(): Promise<void>;
  /** Frees the device's copy of the variables. */
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Threads within one operator; the device's own choice by default. */
  readonly threads?: number;
  /**
   * Lets threads spin while they wait for work instead of sleeping. Default false: on a quiet machine small steps are up
   * to 1.6 times as fast with it, on a busy one half as fast.
   */
  readonly spinning?: boolean;
}
