// The tests' domain with its points made in blocks, squares by the tests' worker, so that processes can share them. BLOCK_TEST, as JSON,
// says what goes wrong: {"fail": true} fails at the first block of line2, {"slow": ms} makes every block take that long.
import { type BlockWork, blocksFromWorkers } from '../../core/blocks.ts';
import { Dataset, type Parts } from '../../data-adapters/dataset.ts';
import { type Domain, defineDomain, type SimulationContext } from '../../domains/domain.ts';
import type { SquareTask } from '../fixtures/workers/square.ts';
import { noisyLine } from './noisy-line.ts';

interface Faults {
  readonly fail?: boolean;
  readonly slow?: number;
}

const inMemory: Domain = noisyLine;

/** Points of a block. */
export const blockSize = 10;

interface Settings {
  readonly slopes: readonly number[];
  readonly samples: number;
}

const workOf = (slope: number, { samples }: Settings, { random }: SimulationContext<unknown>): BlockWork => {
  const { fail, slow = 0 } = JSON.parse(process.env.BLOCK_TEST ?? '{}') as Faults;
  const id = `line${slope}`;
  const tasks = Array.from({ length: Math.ceil(samples / blockSize) }, (_, block): SquareTask => {
    const stream = random.split(id, block);
    const points = Math.min(blockSize, samples - block * blockSize);
    const values = Float64Array.from({ length: points }, () => stream.uniform());
    const fails = fail === true && slope === 2 && block === 0;
    return { values, milliseconds: slow, ...(fails && { fail: 'mistake' as const }) };
  });
  return { id, module: new URL('../fixtures/workers/square', import.meta.url), tasks };
};

export const blockLine = defineDomain({
  ...inMemory,
  name: 'block-line',
  blocks: (context): BlockWork[] =>
    (context.config as Settings).slopes.map((slope) => workOf(slope, context.config, context)),
  async simulate(context): Promise<Parts> {
    const settings = context.config as Settings;
    const source = context.blocks ?? blocksFromWorkers(context);
    const parts: Record<string, Dataset> = {};
    for (const slope of settings.slopes) {
      const work = workOf(slope, settings, context);
      const x: number[] = [];
      for await (const squares of source<Float64Array>(work)) x.push(...squares);
      const rows = Uint32Array.from(x, (_, i) => i);
      const [a, b] = [Math.floor(rows.length * 0.6), Math.floor(rows.length * 0.8)];
      parts[work.id] = new Dataset(
        {
          x: { data: Float64Array.from(x), shape: [] },
          y: { data: Float64Array.from(x, (value) => slope * value + 1), shape: [] },
          positive: { data: Uint8Array.from(x, (value) => (slope * value + 1 > 0 ? 1 : 0)), shape: [] },
        },
        { train: rows.slice(0, a), validation: rows.slice(a, b), test: rows.slice(b) },
        { kind: 'simulated', source: 'squares', notes: [] },
      );
    }
    return parts;
  },
});
