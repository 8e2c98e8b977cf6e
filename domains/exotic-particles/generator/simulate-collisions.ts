// The embedded source of collisions of both processes: a fast toy of what MadGraph, Pythia and Delphes made for the published sets,
// tree-level matrix elements or phase space, a few radiated jets and a parametrised detector.
import { type BlockSource, type BlockWork, blocksFromWorkers } from '../../../core/blocks.ts';
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import { type BlockTask, type CollisionBlock, type Process, simulateBlock } from './block.ts';

export type { CollisionBlock, Process } from './block.ts';

/** What the collisions depend on. */
export interface CollisionChoice {
  /** `higgs` (28 columns) or `susy` (18 columns). */
  readonly process: Process;
  /** Accepted collisions wanted. */
  readonly events: number;
  /** Probability of each to be of the signal; by default that of the published sets, 0.53 for `higgs` and 0.46 for `susy`. */
  readonly signalShare?: number;
  /** Every block gets a stream of its own, split from this one. */
  readonly random: RandomStream;
}

export interface SimulateCollisionsOptions extends CollisionChoice {
  /** Worker threads; 0 makes the collisions in the calling thread. */
  readonly threads: number;
  readonly progress: Progress;
  /** Stops at the next block; the generator then throws its reason. */
  readonly signal: AbortSignal;
  /** What makes the blocks; the threads by default. */
  readonly blocks?: BlockSource;
}

/** Accepted collisions of a block; the last one may have fewer. */
export const blockSize = 8192;

const signalShares = { higgs: 0.53, susy: 0.46 } as const;

/**
 * The blocks that {@link simulateCollisions} yields, named as the process.
 *
 * @throws RangeError unless events is an integer >= 0 and 0 <= signalShare <= 1
 */
export function collisionWork({
  process,
  events,
  signalShare = signalShares[process],
  random,
}: CollisionChoice): BlockWork<BlockTask> {
  if (!Number.isInteger(events) || events < 0) {
    throw new RangeError(`simulateCollisions: expected an integer number of events >= 0, got ${events}`);
  }
  if (!(signalShare >= 0 && signalShare <= 1)) {
    throw new RangeError(`simulateCollisions: expected a signalShare in [0, 1], got ${signalShare}`);
  }
  const tasks = Array.from({ length: Math.ceil(events / blockSize) }, (_, block): BlockTask => {
    const words = random.split('collisions', process, block);
    const seed = Array.from({ length: 4 }, () => words.uint32().toString(16)).join('-');
    return { process, events: Math.min(blockSize, events - block * blockSize), signalShare, seed };
  });
  return { id: process, module: new URL('./block-worker', import.meta.url), tasks };
}

/**
 * Yields accepted collisions in blocks of 8,192, in UCI's columns and units. What comes depends on the stream, the process, and
 * the share alone, not on the number of threads; the first n collisions of a longer run are those of a shorter one but for
 * its last block. Memory does not grow with the number of events.
 *
 * @throws RangeError unless events is an integer >= 0 and 0 <= signalShare <= 1
 */
export async function* simulateCollisions(
  options: SimulateCollisionsOptions,
): AsyncGenerator<CollisionBlock, void, undefined> {
  const { events, threads, signal, progress, blocks: source = blocksFromWorkers(options) } = options;
  const work = collisionWork(options);
  const bar = progress.task('Generating collisions', events, 'collisions');
  const blocks = threads < 1 ? inThisThread(work.tasks, signal) : source<CollisionBlock>(work);
  try {
    for await (const block of blocks) {
      bar.advance(block.label.length);
      yield block;
    }
  } finally {
    bar.end();
  }
}

async function* inThisThread(
  tasks: readonly BlockTask[],
  signal: AbortSignal,
): AsyncGenerator<CollisionBlock> {
  for (const task of tasks) {
    // Whoever aborts gets a turn between blocks.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    yield simulateBlock(task);
  }
}
