// Asks ONNX Runtime's WebGPU provider about every operator that the engine records: those it does not take run on the
// processor, with a copy there and back. Prints their list, which kernels-table.ts keeps. Needs a Vulkan, Metal or D3D12
// driver; SwiftShader will do: VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npx tsx scripts/webgpu-operators.ts
import * as tf from '@tensorflow/tfjs-core';
import ort from 'onnxruntime-node';
import { backendName, recorder } from '../core/engine/backend.ts';
import { encodeModel, orderedNodes } from '../core/engine/graph/model.ts';
import { type Node, recordNode, type Value } from '../core/engine/graph/value.ts';
import '../core/engine/tfjs.ts';
import { RandomStream } from '../core/random.ts';
import { allCases } from '../tests/core/engine/all-cases.ts';
import { draw } from '../tests/core/engine/kernel-cases.ts';
import { operatorKey } from './kernels-table.ts';

/** One node of each operator, by element types, rank and number of outputs. */
function examples(): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const { name, inputs, run, gradient } of allCases) {
    const random = new RandomStream(0, name);
    const given = inputs(random);
    const result = run(...given);
    const gradients = (): tf.Tensor[] =>
      tf.grads((...xs: tf.Tensor[]) => run(...xs))(given, draw(random, result.shape));
    const values = [result, ...(gradient === false ? [] : gradients())].map((t) => recorder.lookup(t));
    for (const node of orderedNodes(values)) {
      const types = node.inputs.map((value) => value?.dtype ?? 'none');
      const key = [operatorKey(node), types, node.inputs[0]?.shape.length, node.outputs.length].join(' ');
      if (node.outputs.every(({ shape }) => !shape.includes(0))) nodes.set(key, node);
    }
  }
  return nodes;
}

/** The node as a graph of its own, with its first input fed. */
function alone({ op, inputs, attributes, outputs }: Node): Uint8Array {
  const fed = inputs.map((value, i): Value | undefined =>
    value && (i === 0 || !value.constant)
      ? { input: `x${i}`, shape: value.shape, dtype: value.dtype }
      : value,
  );
  const made = recordNode(
    op,
    fed,
    attributes,
    outputs.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  return encodeModel(Object.fromEntries(made.map((value, i) => [`y${i}`, value]))).bytes;
}

async function taken(node: Node): Promise<boolean> {
  const extra = { session: { disable_cpu_ep_fallback: '1' } };
  const options = { executionProviders: ['webgpu'], logSeverityLevel: 4 as const, extra };
  try {
    await (await ort.InferenceSession.create(alone(node), options)).release();
    return true;
  } catch (error) {
    if (/fallback to CPU EP/.test((error as Error).message)) return false;
    throw error;
  }
}

await tf.setBackend(backendName);
const left = new Set<string>();
const nodes = examples();
for (const node of nodes.values()) if (!(await taken(node))) left.add(operatorKey(node));
process.stdout.write(
  `${nodes.size} operators asked about; left to the processor:\n${[...left].sort().join('\n')}\n`,
);
