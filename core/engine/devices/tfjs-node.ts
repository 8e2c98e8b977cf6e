// The devices `tfjs-node` and `tfjs-node-gpu`: the same step run operation by operation on TensorFlow's kernels, for those
// who have installed one of these packages. Both are optional and large.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { askChild } from './child.ts';
import type { Device, Lack, Usable } from './device.ts';

/** The version that fits the tfjs-core of the house. */
const VERSION = '4.22.0';

interface Loaded {
  readonly onCard: boolean;
  /** File of the tfjs-core that the package uses. */
  readonly core: string;
}

/** Loads the package as tensorflow-backend.ts does, and multiplies. */
const CODE = `
const [name, from] = process.argv.slice(1);
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const { createRequire } = require('node:module');
const tf = createRequire(from)(name);
const [y] = tf.mul(tf.tensor1d([2]), 3).dataSync();
if (y !== 6) throw new Error('2 times 3 came out as ' + y);
const core = createRequire(createRequire(from).resolve(name + '/package.json')).resolve('@tensorflow/tfjs-core');
console.log(JSON.stringify({ onCard: tf.backend().isUsingGpuDevice, core }));
`;

async function checkPackage(name: string, wantsCard: boolean): Promise<Usable | Lack> {
  const require = createRequire(import.meta.url);
  let file: string;
  try {
    file = require.resolve(`${name}/package.json`);
  } catch {
    return { reason: 'not installed', how: `npm install --save-dev ${name}@${VERSION}, see docs/gpu.md` };
  }
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  if (version !== VERSION)
    return { reason: `version ${version} is installed`, how: `npm install --save-dev ${name}@${VERSION}` };
  const answer = await askChild<Loaded>(CODE, [name, import.meta.url], { TF_CPP_MIN_LOG_LEVEL: '2' });
  if ('failure' in answer)
    return {
      reason: `it does not load: ${answer.failure}`,
      how: `npm rebuild ${name}, or build it against a newer TensorFlow, see docs/gpu.md`,
    };
  const { onCard, core } = answer.value;
  if (core !== require.resolve('@tensorflow/tfjs-core')) {
    const where = relative(process.cwd(), core);
    return {
      reason: `it brought a tfjs-core of its own, ${where}, which knows nothing of our tensors`,
      how: `npm dedupe, so that there is one @tensorflow/tfjs-core ${VERSION}`,
    };
  }
  if (wantsCard && !onCard)
    return {
      reason: 'TensorFlow finds no card',
      how: 'install the CUDA that it was built for, see docs/gpu.md',
    };
  return {};
}

function tfjsNodeDevice(name: string, title: string, wantsCard: boolean): Device {
  const packageName = `@tensorflow/${name}`;
  let checked: Promise<Usable | Lack> | undefined;
  return {
    name,
    title,
    check: () => {
      checked ??= checkPackage(packageName, wantsCard);
      return checked;
    },
    open: async () => {
      const { BACKEND, loadTensorFlow } = await import('./tensorflow-backend.ts');
      await loadTensorFlow(packageName);
      const { EagerEngine } = await import('./eager.ts');
      return new EagerEngine(name, BACKEND);
    },
  };
}

export const tfjsNode = tfjsNodeDevice('tfjs-node', "TensorFlow's kernels on the processor", false);
export const tfjsNodeGpu = tfjsNodeDevice('tfjs-node-gpu', "TensorFlow's kernels on an NVIDIA card", true);
