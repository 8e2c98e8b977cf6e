// The embedded source of galaxies: as many as one wants, in worker threads, each the same whatever the number of threads and of
// galaxies. What a galaxy looks like is in draw-galaxy.ts and the paint-*.ts, what is seen of it in camera.ts.
import { type BlockSource, type BlockWork, blocksFromWorkers } from '../../../core/blocks.ts';
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import { type GalaxyBlockTask, simulateGalaxyBlock } from './galaxy-block.ts';
import type { SimulatedGalaxy } from './simulate-galaxy.ts';

export type { CatalogueRow, SimulatedGalaxy } from './simulate-galaxy.ts';

/** What the galaxies depend on. */
export interface GalaxyChoice {
  /** Galaxies wanted. */
  readonly count: number;
  /** Number of the first one, 0 by default. */
  readonly first?: number;
  /** Side of the square images, pixels of 0.396 arcsec; 16 to 976. */
  readonly size: number;
  /** Every galaxy gets a stream of its own, split from this one. */
  readonly random: RandomStream;
}

export interface SimulateGalaxiesOptions extends GalaxyChoice {
  /** Worker threads; 0 makes the galaxies in the calling thread. */
  readonly threads: number;
  readonly progress: Progress;
  /** Stops at the next block; the generator then throws its reason. */
  readonly signal: AbortSignal;
  /** Name of the work; `galaxies` by default. */
  readonly id?: string;
  /** What makes the blocks; the threads by default. */
  readonly blocks?: BlockSource;
}

/** Galaxies that a thread makes at a time. */
export const blockSize = 8;

/** The seed from which all galaxies of a stream are made; `simulateGalaxy(galaxyStream(seed, index), index, size)` makes one. */
export function galaxySeed(random: RandomStream): string {
  const words = random.split('galaxies');
  return Array.from({ length: 4 }, () => words.uint32().toString(16)).join('-');
}

/** The blocks that {@link simulateGalaxies} yields the galaxies of. @throws RangeError unless count and first are integers >= 0 */
export function galaxyWork(
  id: string,
  { count, first = 0, size, random }: GalaxyChoice,
): BlockWork<GalaxyBlockTask> {
  for (const [name, value] of Object.entries({ count, first })) {
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`simulateGalaxies: expected an integer ${name} >= 0, got ${value}`);
    }
  }
  const seed = galaxySeed(random);
  const tasks = Array.from({ length: Math.ceil(count / blockSize) }, (_, block): GalaxyBlockTask => {
    const done = block * blockSize;
    return { seed, first: first + done, count: Math.min(blockSize, count - done), size };
  });
  return { id, module: new URL('./galaxy-worker', import.meta.url), tasks };
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
  const { threads, signal, progress } = options;
  const { id = 'galaxies', blocks: source = blocksFromWorkers(options) } = options;
  const work = galaxyWork(id, options);
  const bar = progress.task('Simulating galaxies', options.count, 'galaxies');
  const blocks = threads < 1 ? inThisThread(work.tasks, signal) : source<SimulatedGalaxy[]>(work);
  try {
    for await (const block of blocks) {
      bar.advance(block.length);
      yield* block;
    }
  } finally {
    bar.end();
  }
}

async function* inThisThread(
  tasks: readonly GalaxyBlockTask[],
  signal: AbortSignal,
): AsyncGenerator<SimulatedGalaxy[]> {
  for (const task of tasks) {
    // Whoever aborts gets a turn between blocks.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    yield simulateGalaxyBlock(task);
  }
}
