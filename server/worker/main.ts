// The module of the worker threads: the real registry, and networks run by ONNX Runtime.
import { availableParallelism } from 'node:os';
import { workerData } from 'node:worker_threads';
import type { PoolData } from '../../core/worker-entry.ts';
import { registry } from '../../domains/registry.ts';
import { openNetworks } from '../../pipelines/stages/open-models.ts';
import { makeWorker } from './make-worker.ts';

const { threads } = workerData as PoolData;

export default makeWorker({
  registry,
  openNetworks,
  threads: Math.max(1, Math.floor(availableParallelism() / threads)),
});
