// The embedded source of galaxies: as many as one wants, in worker threads, each the same whatever the number of threads and of
// galaxies. What a galaxy looks like is in draw-galaxy.ts and the paint-*.ts, what is seen of it in camera.ts.
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import { streamFromWorkers } from '../../../core/workers.ts';
import { type GalaxyBlockTask, simulateGalaxyBlock } from './galaxy-block.ts';
import type { SimulatedGalaxy } from './simulate-galaxy.ts';

export type { CatalogueRow, SimulatedGalaxy } from './simulate-galaxy.ts';

export interface SimulateGalaxiesOptions {
  /** Galaxies wanted. */
  readonly count: number;
  /** Number of the first one, 0 by default. */
  readonly first?: number;
  /** Side of the square images, pixels of 0.396 arcsec; 16 to 976. */
  readonly size: number;
  /** Every galaxy gets a stream of its own, split from this one. */
  readonly random: RandomStream;
  /** Worker threads; 0 makes the galaxies in the calling thread. */
  readonly threads: number;
  readonly progress: Progress;
  /** Stops at the next block; the generator then throws its reason. */
  readonly signal: AbortSignal;
}

/** Galaxies that a thread makes at a time. */
export const blockSize = 8;

/** The seed from which all galaxies of a stream are made; `simulateGalaxy(galaxyStream(seed, index), index, size)` makes one. */
export function galaxySeed(random: RandomStream): string {
  const words = random.split('galaxies');
  return Array.from({ length: 4 }, () => words.uint32().toString(16)).join('-');
}

/**
 * Yields galaxies in the order of their numbers. A galaxy depends on the stream, its number and the size alone. Memory does not
 * grow with the count.
 *
 * @throws RangeError unless count and first are integers >= 0 and the size is in its range
 */
export async function* simulateGalaxies(
  options: SimulateGalaxiesOptions,
): AsyncGenerator<SimulatedGalaxy, void, undefined> {
  const { count, first = 0, size, threads, signal, progress } = options;
  for (const [name, value] of Object.entries({ count, first })) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`simulateGalaxies: expected an integer ${name} >= 0, got ${value}`);
    }
  }
  const bar = progress.task('Simulating galaxies', count, 'galaxies');
  const tasks = blockTasks(galaxySeed(options.random), first, count, size);
  const blocks =
    threads < 1
      ? inThisThread(tasks, signal)
      : streamFromWorkers<GalaxyBlockTask, SimulatedGalaxy[]>(
          new URL('./galaxy-worker', import.meta.url),
          tasks,
          { threads: Math.min(threads, Math.max(1, Math.ceil(count / blockSize))), ahead: 2, signal },
        );
  try {
    for await (const block of blocks) {
      bar.advance(block.length);
      yield* block;
    }
  } finally {
    bar.end();
  }
}

function* blockTasks(seed: string, first: number, count: number, size: number): Generator<GalaxyBlockTask> {
  for (let done = 0; done < count; done += blockSize) {
    yield { seed, first: first + done, count: Math.min(blockSize, count - done), size };
  }
}

async function* inThisThread(
  tasks: Iterable<GalaxyBlockTask>,
  signal: AbortSignal,
): AsyncGenerator<SimulatedGalaxy[]> {
  for (const task of tasks) {
    // Whoever aborts gets a turn between blocks.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    yield simulateGalaxyBlock(task);
  }
}
