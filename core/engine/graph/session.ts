// The one place that speaks to ONNX Runtime: opens sessions, runs them, and turns its errors into ours.
import ort from 'onnxruntime-node';
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import { sizeOf } from '../tensor-data.ts';
import type { Constant, ElementType } from './value.ts';

export type Session = ort.InferenceSession;
export type RuntimeTensor = ort.Tensor;

/** Something ONNX Runtime would not do. A bug of ours or a limit of its kernels, never a user's typing error. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

export interface SessionOptions {
  /** Execution provider, `cpu` by default. */
  readonly provider?: string;
  /** Threads within an operator; ONNX Runtime's own choice by default. */
  readonly threads?: number;
  /** Lets waiting threads spin; see EngineOptions. */
  readonly spinning?: boolean;
  /**
   * Outputs that stay in the provider's own memory (WebGPU only) where no tensor is given for them. They must be disposed
   * before the session is closed.
   */
  readonly onGpu?: readonly string[];
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Opens a model. @throws EngineError naming the model and the node that was refused */
export async function openSession(
  bytes: Uint8Array,
  name: string,
  options: SessionOptions = {},
): Promise<Session> {
  const { provider = 'cpu', threads, spinning = false, onGpu = [] } = options;
  try {
    return await ort.InferenceSession.create(bytes, {
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      interOpNumThreads: 1,
      logSeverityLevel: 4,
      extra: { session: { intra_op: { allow_spinning: spinning ? '1' : '0' } } },
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
      ...(onGpu.length === 0
        ? {}
        : { preferredOutputLocation: Object.fromEntries(onGpu.map((key) => [key, 'gpu-buffer' as const])) }),
    });
  } catch (error) {
    throw new EngineError(`${name}: ONNX Runtime refused the graph: ${message(error)}`, { cause: error });
  }
}

/** Runs a session. `fetches` may hold tensors to write into. @throws EngineError naming the model and the node */
export async function runSession(
  session: Session,
  name: string,
  feeds: Record<string, RuntimeTensor>,
  fetches: Record<string, RuntimeTensor | null>,
): Promise<Record<string, RuntimeTensor>> {
  try {
    return (await session.run(feeds, fetches)) as Record<string, RuntimeTensor>;
  } catch (error) {
    throw new EngineError(`${name}: ONNX Runtime stopped: ${message(error)}`, { cause: error });
  }
}

/** Output of a graph that {@link runInto} runs: its first, and no tensor. */
export const STOP = '$stop';

/** What the binding says when it comes to an output that is no tensor. */
const STOPPED = 'Non tensor type is temporarily not supported.';

/**
 * Runs a session into tensors that are given for every output. The Node binding of ONNX Runtime 1.30 copies each output once
 * more when the run is over, those written into given tensors too (OrtValueToNapiValue; half of a step's time where a network
 * has many weights). It copies in the order of the outputs, so that {@link STOP} ends it when all is written and nothing copied.
 *
 * @throws EngineError naming the model and the node
 */
export async function runInto(
  session: Session,
  name: string,
  feeds: Record<string, RuntimeTensor>,
  targets: Record<string, RuntimeTensor>,
): Promise<void> {
  try {
    await session.run(feeds, { [STOP]: null, ...targets });
  } catch (error) {
    if (message(error) === STOPPED) return;
    throw new EngineError(`${name}: ONNX Runtime stopped: ${message(error)}`, { cause: error });
  }
}

/** Bytes of a graph with its constants, below which starting a pool of threads takes longer than the work. */
const SMALL_GRAPH = 2 ** 18;

/**
 * Opens a model without inputs on the processor, runs it and closes it, all before it returns. The package's public
 * `run` is this same synchronous call of its binding, put off to the next turn of the event loop.
 *
 * @throws EngineError naming the model and the node that was refused
 */
export function runAtOnce(
  bytes: Uint8Array,
  name: string,
  outputs: readonly string[],
): Record<string, RuntimeTensor> {
  initOrt();
  const session = new binding.InferenceSession();
  let loaded = false;
  try {
    const options = {
      executionProviders: ['cpu'],
      logSeverityLevel: 4,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      graphOptimizationLevel: 'basic',
      ...(bytes.length < SMALL_GRAPH ? { intraOpNumThreads: 1 } : {}),
    } as const;
    session.loadModel(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength, options);
    loaded = true;
    const fetches = Object.fromEntries(outputs.map((key) => [key, null]));
    return session.run({}, fetches, {}) as Record<string, RuntimeTensor>;
  } catch (error) {
    throw new EngineError(`${name}: ONNX Runtime refused the graph: ${message(error)}`, { cause: error });
  } finally {
    if (loaded) session.dispose();
  }
}

/** A runtime tensor over the same memory. */
export const runtimeTensor = (data: Constant, shape: readonly number[], dtype: ElementType): RuntimeTensor =>
  new ort.Tensor(dtype as 'float32', data as Float32Array, shape);

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  int8: Int8Array,
  uint8: Uint8Array,
} as const;

/** A runtime tensor of zeros, to write into. */
export const emptyTensor = (shape: readonly number[], dtype: ElementType): RuntimeTensor =>
  runtimeTensor(new arrays[dtype](sizeOf(shape)) as Constant, shape, dtype);
