// Simulates galaxies in a worker thread; core/workers.ts loads it.
export { simulateGalaxyBlock as default } from './galaxy-block.ts';
