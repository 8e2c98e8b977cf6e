// Trains the small task in a process of its own, so that a test can kill it: `node train-in-process.ts <folder> [slow]`.
// Prints a line at every pass and, at the end, the weights as base64.
import { setTimeout } from 'node:timers/promises';
import { openEngine } from '../../../core/engine/devices.ts';
import { namedWeights } from '../../../core/models/named-weights.ts';
import { fit } from '../../../core/training/fit.ts';
import { smallTask } from './small-task.ts';

const [folder, slow] = process.argv.slice(2);
const options = smallTask(await openEngine('cpu', { threads: 1 }), { epochs: 12 });
const { train } = options;
await fit({
  ...options,
  checkpoints: folder,
  checkpointSeconds: 0,
  onHistory: ({ epoch }) => console.log(`epoch ${epoch}`),
  train: {
    size: train.size,
    async *epoch(parameters) {
      for await (const batch of train.epoch(parameters)) {
        if (slow) await setTimeout(15);
        yield batch;
      }
    },
  },
});
const weights = Object.values(namedWeights(options.model)).map((v) => v.dataSync() as Float32Array);
console.log(
  `weights ${Buffer.concat(weights.map((w) => Buffer.from(w.buffer, w.byteOffset, w.byteLength))).toString('base64')}`,
);
