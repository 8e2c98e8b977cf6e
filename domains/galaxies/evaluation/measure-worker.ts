// Measures one galaxy in a worker thread; core/workers.ts loads it.
export { measureGalaxy as default } from './measure-galaxy.ts';
