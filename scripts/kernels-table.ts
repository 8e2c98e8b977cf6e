// The table of kernels in docs/kernels.md, made from the code: the families of core/engine/kernels, the cases that the
// tests hold against tfjs, and the ONNX operators that each kernel records when those cases run.
import * as tf from '@tensorflow/tfjs-core';
import { backendName, recorder } from '../core/engine/backend.ts';
import { orderedNodes } from '../core/engine/graph/model.ts';
import { EngineError } from '../core/engine/graph/session.ts';
import type { Node, Value } from '../core/engine/graph/value.ts';
import { withinWebGpuLimits } from '../core/engine/graph/webgpu-limits.ts';
import { familyOf } from '../core/engine/kernels/index.ts';
import { randomKernel, randomUniform } from '../core/engine/random-op.ts';
import '../core/engine/tfjs.ts';
import { RandomStream } from '../core/random.ts';
import { allCases } from '../tests/core/engine/all-cases.ts';
import { draw, type KernelCase } from '../tests/core/engine/kernel-cases.ts';

/** What the cases show of a kernel. */
interface Shown {
  forward: boolean;
  gradient: boolean;
  readonly operators: Set<string>;
  readonly left: Set<string>;
}

const shown = new Map<string, Shown>(
  [...familyOf.keys()].map((name) => [
    name,
    { forward: false, gradient: false, operators: new Set(), left: new Set() },
  ]),
);

/** Kernels that answered with real numbers. */
const real = new Set<string>();

/** An operator with the element type it works on: what an ONNX Runtime provider takes over or not. */
export const operatorKey = ({ op, inputs }: Node): string => `${op} ${inputs[0]?.dtype}`;

/** What ONNX Runtime 1.30's WebGPU provider leaves to the processor (scripts/webgpu-operators.ts). */
const leftByWebGpu = new Set([
  'BitwiseAnd int32',
  'Cast int64',
  'IsInf float32',
  'IsNaN float32',
  'Or bool',
  'Reshape int64',
  'Round float32',
  'Tile bool',
]);

/** What the device webgpu does not do with a node: leaves it to the processor, or refuses it. */
function webGpuObjection(node: Node): string | undefined {
  if (node.op === 'ConvTranspose' && node.outputs[0].shape.length === 5)
    return 'ConvTranspose in 3D is refused';
  return leftByWebGpu.has(operatorKey(node)) ? operatorKey(node) : undefined;
}

/** Runs `work`, notes the operators behind its results, and answers which kernels it asked for. */
function kernelsOf(work: () => tf.Tensor[]): Set<string> {
  const host = tf.engine();
  const original = host.runKernel;
  const names = new Set<string>();
  host.runKernel = (name, ...rest) => {
    const answer = original.call(host, name, ...rest);
    names.add(name);
    const results = [answer as unknown as tf.Tensor | tf.Tensor[]].flat();
    if (results.some(({ dtype }) => dtype === 'float32')) real.add(name);
    return answer as never;
  };
  try {
    noteOperators(work().map((tensor) => recorder.lookup(tensor)));
  } finally {
    host.runKernel = original;
  }
  return names;
}

/** The nodes that the device webgpu runs, or those recorded when it refuses one. */
function webGpuNodes(values: readonly Value[]): Node[] {
  try {
    const outputs = Object.fromEntries(values.map((value, i) => [String(i), value]));
    return orderedNodes(Object.values(withinWebGpuLimits(outputs)));
  } catch (error) {
    if (error instanceof EngineError) return orderedNodes(values);
    throw error;
  }
}

const kernelOf = ({ origin }: Node): Shown | undefined => shown.get(origin.split(' > ').at(-1)!);

function noteOperators(values: readonly Value[]): void {
  for (const node of orderedNodes(values)) kernelOf(node)?.operators.add(node.op);
  for (const node of webGpuNodes(values)) {
    const objection = webGpuObjection(node);
    if (objection) kernelOf(node)?.left.add(objection);
  }
}

function tryCase(kernelCase: KernelCase): void {
  const random = new RandomStream(0, kernelCase.name);
  const inputs = kernelCase.inputs(random);
  let shape: number[] = [];
  const forward = kernelsOf(() => {
    const result = kernelCase.run(...inputs);
    shape = result.shape;
    return [result];
  });
  for (const name of forward) if (shown.has(name)) shown.get(name)!.forward = true;
  if (kernelCase.gradient === false) return;
  const upstream = draw(random, shape);
  const backward = kernelsOf(() => tf.grads((...xs: tf.Tensor[]) => kernelCase.run(...xs))(inputs, upstream));
  for (const name of backward) if (shown.has(name)) shown.get(name)!.forward = true;
  for (const name of forward) if (shown.has(name)) shown.get(name)!.gradient = true;
}

const introductions: Readonly<Record<string, string>> = {
  host: "Their results have shapes that depend on numbers, or nothing trained needs them: tfjs's CPU backend answers. They run in eager code on every device; a compiled step may use them on constants only.",
  random:
    "The engine's own seeded numbers: the same bits on every device (tests/core/engine/program.test.ts).",
};

function row(name: string): string {
  const { forward, gradient, operators, left } = shown.get(name)!;
  const checked = forward || name === randomKernel ? 'checked' : 'not checked';
  const differentiable = real.has(name) && tf.getGradient(name) !== undefined;
  const differentiated = differentiable ? (gradient ? 'checked' : 'not checked') : '-';
  return `| ${name} | ${checked} | ${differentiated} | ${[...operators].sort().join(', ')} | ${[...left].sort().join(', ')} |`;
}

/** The whole of docs/kernels.md. */
export async function kernelsTable(): Promise<string> {
  await tf.setBackend(backendName);
  for (const kernelCase of allCases) tryCase(kernelCase);
  kernelsOf(() => [randomUniform([2], 1)]);
  await tf.setBackend('cpu');
  const families = [...new Set(familyOf.values())].map((family) => {
    const kernels = [...familyOf].filter(([, of]) => of === family).map(([name]) => name);
    const introduction = introductions[family] ? `\n${introductions[family]}\n` : '';
    const rows = kernels.map(row).join('\n');
    return `## ${family}\n${introduction}\n| kernel | forward | gradient | ONNX operators | left by WebGPU |\n| --- | --- | --- | --- | --- |\n${rows}\n`;
  });
  const elsewhere = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName);
  const refused = elsewhere.filter((name) => !familyOf.has(name)).sort();
  return `# Kernels

Made by \`npm run docs:kernels\` from core/engine/kernels; do not edit.

The engine knows ${familyOf.size} of tfjs's kernels. "Checked" means: held against tfjs's own CPU backend on random shapes, the
kernel itself and its gradient (tests/core/engine). A dash says that tfjs has no gradient of the kernel's own: it is one
itself, answers with no real numbers, or is differentiated as part of another operation.

Every kernel runs on the devices \`cpu\` and \`reference\`. Graphs hold the standard ONNX operators named here (operator set 21);
what a provider of ONNX Runtime does not take runs on the processor, with a copy there and back. The last column says which
operators the WebGPU provider of ONNX Runtime 1.30 leaves, by the type of their first input (asked by
scripts/webgpu-operators.ts). What it takes and then fails to run or gets wrong is written otherwise for the device
\`webgpu\` (core/engine/graph/webgpu-limits.ts), or refused where the column says so. Shaders may take it that there are no NaN
and no infinities, so that IsNan and IsFinite cannot be relied on there, and have sines and cosines good to 2e-4.

Differences from tfjs's CPU backend: Max, Min, ArgMax, ArgMin and Step do not look for NaN; TopK does not promise an order with
\`sorted: false\`; a pool whose padding is as large as its window is refused by ONNX Runtime; functions of int32 are computed in
float32.

${families.join('\n')}
## Refused

The other kernels of tfjs's CPU backend are an error that names the kernel, the operation and the layer that asked: ${refused.join(', ')}.
`;
}
