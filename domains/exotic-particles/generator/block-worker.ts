// Makes blocks in a worker thread; core/workers.ts loads it.
export { simulateBlock as default } from './block.ts';
