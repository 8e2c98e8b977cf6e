// Runs chains in a worker thread; core/workers.ts loads it.
export { sampleChain as default } from './chain.ts';
