// Tunes on one galaxy in a worker thread; core/workers.ts loads it.
export { tuneGalaxy as default } from './tune-galaxy.ts';
