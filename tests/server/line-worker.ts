// The worker threads of the server's tests: lines in place of networks.
import { makeWorker } from '../../server/worker/make-worker.ts';
import type { OpenNetworks } from '../../server/worker/open-runs.ts';
import { openLines } from '../pipelines/noisy-line.ts';
import { tryingLine } from './trying-line.ts';

const openNetworks: OpenNetworks = async (paths) => ({
  ...(await openLines(paths)),
  ports: async () => ({
    inputs: [{ name: 'x', dtype: 'float32', shape: [-1, 1] }],
    results: [{ name: 'y', dtype: 'float32', shape: [-1, 1] }],
  }),
  close: async () => {},
});

export default makeWorker({
  registry: [{ name: tryingLine.name, title: tryingLine.title, load: async () => tryingLine }],
  openNetworks,
  threads: 1,
});
