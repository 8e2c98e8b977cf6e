// The module of the worker threads: the program's domains and the user's own, and networks run by ONNX Runtime.
import { availableParallelism } from 'node:os';
import { workerData } from 'node:worker_threads';
import type { PoolData } from '../../core/worker-entry.ts';
import { registry } from '../../domains/registry.ts';
import { type OwnDomain, ownEntry } from '../../pipelines/own-domains/own-domain.ts';
import { ownRegistry } from '../../pipelines/own-domains/own-registry.ts';
import { openNetworks } from '../../pipelines/stages/open-models.ts';
import { makeWorker } from './make-worker.ts';

const { threads, given } = workerData as PoolData;
const own = (given as readonly OwnDomain[]).map(ownEntry);

export default makeWorker({
  registry: ownRegistry(registry, own),
  openNetworks,
  threads: Math.max(1, Math.floor(availableParallelism() / threads)),
});
