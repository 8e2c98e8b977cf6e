// Asks ONNX Runtime's WebGPU provider about every operator that the engine records: those it does not take run on the
// processor, with a copy there and back, and a few it takes and then does not run. Prints both: kernels-table.ts keeps the
// first, core/engine/graph/webgpu-limits.ts knows the second. Needs a Vulkan, Metal or D3D12 driver; SwiftShader will do:
// VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json npx tsx scripts/webgpu-operators.ts
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { backendName, recorder } from '../core/engine/backend.ts';
import { encodeModel, orderedNodes } from '../core/engine/graph/model.ts';
import { type Node, recordNode, type Value } from '../core/engine/graph/value.ts';
import '../core/engine/tfjs.ts';
import { RandomStream } from '../core/random.ts';
import { allCases } from '../tests/core/engine/all-cases.ts';
import { draw } from '../tests/core/engine/kernel-cases.ts';
import { operatorKey } from './kernels-table.ts';
import type { Question } from './webgpu-judge.ts';

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

/** The node as a graph of its own, fed with zeros. */
function alone({ op, inputs, attributes, outputs }: Node): Question {
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
  const { bytes } = encodeModel(Object.fromEntries(made.map((value, i) => [`y${i}`, value])));
  const feeds = fed.flatMap((value): Question['feeds'] =>
    value?.input ? [{ name: value.input, shape: value.shape, dtype: value.dtype }] : [],
  );
  return { model: Buffer.from(bytes).toString('base64'), feeds };
}

/** Asks about the nodes of one operator in a process of its own: some end it. */
function ask(nodes: readonly Node[]): string[] {
  const judge = fileURLToPath(new URL('webgpu-judge.ts', import.meta.url));
  const questions = JSON.stringify(nodes.map(alone));
  const { stdout } = spawnSync(process.execPath, [...process.execArgv, judge], {
    input: questions,
    encoding: 'utf8',
  });
  const answers = stdout.split('\n').filter((line) => line !== '');
  return answers.length < nodes.length ? [...answers, 'crashes'] : answers;
}

await tf.setBackend(backendName);
const byOperator = new Map<string, Node[]>();
for (const node of examples().values()) {
  const key = operatorKey(node);
  byOperator.set(key, [...(byOperator.get(key) ?? []), node]);
}
const summary = new Map<string, Set<string>>();
for (const [key, nodes] of byOperator) {
  for (const answer of ask(nodes)) {
    if (answer !== 'taken') summary.set(answer, (summary.get(answer) ?? new Set()).add(key));
  }
}
process.stdout.write(`${byOperator.size} operators asked about\n`);
for (const [answer, operators] of summary) {
  process.stdout.write(`${answer}: ${[...operators].sort().join(', ')}\n`);
}
