// Runs every case of the kernel tests, forward and gradient, on ONNX Runtime's WebGPU provider and on the processor, and
// prints where they disagree. What is wrong there and not a matter of precision belongs into
// core/engine/graph/webgpu-limits.ts. Needs a driver, as webgpu-operators.ts does; a minute on SwiftShader.
import * as tf from '@tensorflow/tfjs-core';
import { backendName, recorder } from '../core/engine/backend.ts';
import { encodeModel } from '../core/engine/graph/model.ts';
import {
  EngineError,
  openSession,
  type RuntimeTensor,
  runSession,
  runtimeTensor,
} from '../core/engine/graph/session.ts';
import type { Constant, Value } from '../core/engine/graph/value.ts';
import { withinWebGpuLimits } from '../core/engine/graph/webgpu-limits.ts';
import '../core/engine/tfjs.ts';
import { RandomStream } from '../core/random.ts';
import { allCases } from '../tests/core/engine/all-cases.ts';
import { draw, type KernelCase } from '../tests/core/engine/kernel-cases.ts';

/** Relative to the largest number of an output. */
const TOLERANCE = 1e-5;

type Graph = Readonly<Record<string, Value>>;

/** A case as a graph whose real inputs are fed, since a provider is never shown what is constant. */
function graphOf({ inputs, run, gradient }: KernelCase, random: RandomStream): [Graph, Map<string, Value>] {
  const given = inputs(random);
  const result = run(...given);
  const gradients = (): tf.Tensor[] =>
    tf.grads((...xs: tf.Tensor[]) => run(...xs))(given, draw(random, result.shape));
  const values = [result, ...(gradient === false ? [] : gradients())].map((t) => recorder.lookup(t));
  const fed = new Map<string, Value>();
  given.forEach((tensor, i) => {
    const value = recorder.lookup(tensor);
    if (value.dtype !== 'float32' || !value.constant || value.shape.includes(0)) return;
    fed.set(`x${i}`, { ...value });
    value.input = `x${i}`;
    value.constant = undefined;
  });
  const computed = values.filter((value) => value.node);
  return [Object.fromEntries(computed.map((value, i) => [`y${i}`, value])), fed];
}

async function numbersOf(graph: Graph, fed: Map<string, Value>, provider: string): Promise<Constant[]> {
  const { bytes, inputs } = encodeModel(graph);
  const session = await openSession(bytes, provider, { provider });
  const feeds: Record<string, RuntimeTensor> = {};
  for (const [key, { constant, shape, dtype }] of fed)
    if (inputs.has(key)) feeds[key] = runtimeTensor(constant!, shape, dtype);
  const fetches = Object.fromEntries(Object.keys(graph).map((key) => [key, null]));
  const outputs = await runSession(session, provider, feeds, fetches);
  await session.release();
  return Object.keys(graph).map((key) => outputs[key].data as Constant);
}

/** The largest difference in units of the largest finite number; infinite where only one side is a number. */
function disagreement(actual: Constant, expected: Constant): number {
  let [worst, largest] = [0, 1e-30];
  expected.forEach((value: number | bigint, i: number) => {
    const [a, e] = [Number(actual[i]), Number(value)];
    if (Object.is(a, e) || a === e) return;
    worst = Math.max(worst, Number.isFinite(a - e) ? Math.abs(a - e) : Number.POSITIVE_INFINITY);
  });
  for (const value of expected)
    if (Number.isFinite(Number(value))) largest = Math.max(largest, Math.abs(Number(value)));
  return worst / largest;
}

await tf.setBackend(backendName);
for (const kernelCase of allCases) {
  const [graph, fed] = graphOf(kernelCase, new RandomStream(0, kernelCase.name));
  if (Object.keys(graph).length === 0) continue;
  try {
    const expected = await numbersOf(graph, fed, 'cpu');
    const actual = await numbersOf(withinWebGpuLimits(graph), fed, 'webgpu');
    const worst = Math.max(...expected.map((numbers, i) => disagreement(actual[i], numbers)));
    if (worst > TOLERANCE) process.stdout.write(`${kernelCase.name}: ${worst.toExponential(1)}\n`);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    process.stdout.write(`${kernelCase.name}: ${error.message}\n`);
  }
}
