// The embedded source of collisions of both processes: a fast toy of what MadGraph, Pythia and Delphes made for the published sets,
// tree-level matrix elements or phase space, a few radiated jets and a parametrised detector.
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import { streamFromWorkers } from '../../../core/workers.ts';
import { type BlockTask, type CollisionBlock, type Process, simulateBlock } from './block.ts';

export type { CollisionBlock, Process } from './block.ts';

export interface SimulateCollisionsOptions {
  /** `higgs` (28 columns) or `susy` (18 columns). */
  readonly process: Process;
  /** Accepted collisions wanted. */
  readonly events: number;
  /** Probability of each to be of the signal; by default that of the published sets, 0.53 for `higgs` and 0.46 for `susy`. */
  readonly signalShare?: number;
  /** Every block gets a stream of its own, split from this one. */
  readonly random: RandomStream;
  /** Worker threads; 0 makes the collisions in the calling thread. */
  readonly threads: number;
  readonly progress: Progress;
  /** Stops at the next block; the generator then throws its reason. */
  readonly signal: AbortSignal;
}

/** Accepted collisions of a block; the last one may have fewer. */
export const blockSize = 8192;

const signalShares = { higgs: 0.53, susy: 0.46 } as const;

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
  const { process, events, threads, signal, progress } = options;
  const { signalShare = signalShares[process] } = options;
  if (!Number.isInteger(events) || events < 0) {
    throw new RangeError(`simulateCollisions: expected an integer number of events >= 0, got ${events}`);
  }
  if (!(signalShare >= 0 && signalShare <= 1)) {
    throw new RangeError(`simulateCollisions: expected a signalShare in [0, 1], got ${signalShare}`);
  }
  const bar = progress.task('Generating collisions', events, 'collisions');
  const tasks = blockTasks(process, events, signalShare, options.random);
  const blocks =
    threads < 1
      ? inThisThread(tasks, signal)
      : streamFromWorkers<BlockTask, CollisionBlock>(new URL('./block-worker', import.meta.url), tasks, {
          threads: Math.min(threads, Math.max(1, Math.ceil(events / blockSize))),
          ahead: 2,
          signal,
        });
  try {
    for await (const block of blocks) {
      bar.advance(block.label.length);
      yield block;
    }
  } finally {
    bar.end();
  }
}

function* blockTasks(
  process: Process,
  events: number,
  signalShare: number,
  random: RandomStream,
): Generator<BlockTask> {
  for (let block = 0; block * blockSize < events; block++) {
    const words = random.split('collisions', process, block);
    const seed = Array.from({ length: 4 }, () => words.uint32().toString(16)).join('-');
    yield { process, events: Math.min(blockSize, events - block * blockSize), signalShare, seed };
  }
}

async function* inThisThread(
  tasks: Iterable<BlockTask>,
  signal: AbortSignal,
): AsyncGenerator<CollisionBlock> {
  for (const task of tasks) {
    // Whoever aborts gets a turn between blocks.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    yield simulateBlock(task);
  }
}
