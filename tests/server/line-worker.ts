// The worker threads of the server's tests: lines in place of networks.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorker } from '../../server/worker/make-worker.ts';
import type { OpenNetworks } from '../../server/worker/open-runs.ts';
import { openLines } from '../pipelines/noisy-line.ts';
import { tryingLine } from './trying-line.ts';

/** The x for which a line takes a while, and leaves a file in its run when it has ended. */
const slow = 404;

const openNetworks: OpenNetworks = async (paths) => {
  const lines = await openLines(paths);
  return {
    ...lines,
    async run(id, inputs) {
      if (inputs.x.data[0] === slow) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
        writeFileSync(join(paths.root, 'ran'), '');
      }
      return lines.run(id, inputs);
    },
    ports: async () => ({
      inputs: [{ name: 'x', dtype: 'float32', shape: [-1, 1] }],
      results: [{ name: 'y', dtype: 'float32', shape: [-1, 1] }],
    }),
    close: async () => {},
  };
};

export default makeWorker({
  registry: [{ name: tryingLine.name, title: tryingLine.title, load: async () => tryingLine }],
  openNetworks,
  threads: 1,
});
