import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../core/errors.ts';
import { type Progress, silent } from '../../../../core/progress.ts';
import { RandomStream } from '../../../../core/random.ts';
import {
  type LatticeBlock,
  type SimulateOptions,
  simulateLattices,
} from '../../../../domains/phases-of-matter/sampler/simulate-lattices.ts';

const options = (more: Partial<SimulateOptions> = {}): SimulateOptions => ({
  random: new RandomStream(7),
  seed: 7,
  threads: 2,
  progress: silent,
  signal: new AbortController().signal,
  ...more,
});

const blocks: LatticeBlock[] = [4, 6].flatMap((size) =>
  ([1.5, 2.5] as const).flatMap((temperature) => [
    { size, temperature, split: 'train' as const, samples: 7 },
    { size, temperature, split: 'validation' as const, samples: 3 },
    { size, temperature, split: 'test' as const, samples: 4 },
  ]),
);

describe('simulateLattices', () => {
  it('gives a dataset for each size, rows by split and temperature', async () => {
    const parts = await simulateLattices(blocks, options());
    expect(Object.keys(parts)).toEqual(['L4', 'L6']);
    const { L6 } = parts;
    expect(L6.rows).toBe(28);
    expect(L6.column('spins').shape).toEqual([6, 6]);
    expect(L6.splits.train).toEqual(Uint32Array.from({ length: 14 }, (_, i) => i));
    expect(L6.splits.test).toEqual(Uint32Array.of(20, 21, 22, 23, 24, 25, 26, 27));
    expect([...L6.column('temperature').data.subarray(5, 9)]).toEqual([1.5, 1.5, 2.5, 2.5]);
    expect(new Set(L6.column('spins').data)).toEqual(new Set([-1, 1]));
    expect(L6.provenance).toMatchObject({ kind: 'simulated', seed: 7 });
  });

  it('draws the same whatever the threads, the other blocks and what was drawn from the stream before', async () => {
    const one = await simulateLattices(blocks, options({ threads: 1 }));
    const three = await simulateLattices(blocks, options({ threads: 3 }));
    expect(three).toEqual(one);
    const used = new RandomStream(7);
    used.uniform();
    const alone = await simulateLattices(
      blocks.filter((block) => block.split === 'test' && block.size === 6),
      options({ random: used }),
    );
    expect(alone.L6.column('spins').data).toEqual(
      one.L6.take(one.L6.splits.test, ['spins']).columns.spins.data,
    );
    const other = await simulateLattices(blocks, options({ random: new RandomStream(8) }));
    expect(other.L6.column('spins').data).not.toEqual(one.L6.column('spins').data);
  });

  it('shares no chain between splits, nor between the chains of one block', async () => {
    const samples = 40;
    const { L8 } = await simulateLattices(
      (['train', 'validation', 'test'] as const).map((split) => ({
        size: 8,
        temperature: 3,
        split,
        samples,
      })),
      options({ samplesPerChain: 10 }),
    );
    const spins = L8.column('spins').data;
    const seen = new Set(
      Array.from({ length: L8.rows }, (_, i) => spins.subarray(i * 64, i * 64 + 64).join()),
    );
    // At T = 3 two independent 8 x 8 lattices are never the same (entropy of some 35 bits): a shared chain would show.
    expect(L8.rows).toBe(3 * samples);
    expect(seen.size).toBe(3 * samples);
  });

  it('reports all of its work as progress', async () => {
    const seen: number[] = [];
    let total = 0;
    let ended = false;
    const progress: Progress = {
      task: (_, units) => {
        total = units;
        return {
          advance: (done = 1) => {
            seen.push(done);
          },
          end: () => {
            ended = true;
          },
        };
      },
    };
    await simulateLattices(blocks, options({ progress }));
    expect(seen.reduce((a, b) => a + b)).toBeCloseTo(total, 12);
    expect(ended).toBe(true);
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    const work = simulateLattices(
      // Hours of work in one chain.
      [{ size: 256, temperature: 2.3, split: 'train', samples: 2 }],
      options({ signal: controller.signal, sweeps: 1_000_000 }),
    );
    setTimeout(() => controller.abort(new Error('stopped')), 300);
    await expect(work).rejects.toThrow('stopped');
  });

  it('refuses what is no lattice, in one line, before it starts', async () => {
    const block = blocks[0];
    await expect(simulateLattices([{ ...block, temperature: 0 }], options())).rejects.toThrow(UserError);
    await expect(simulateLattices([{ ...block, size: 1 }], options())).rejects.toThrow(
      'lattice size 1 is not an integer from 2 to 1024; give the linear size L, such as 10',
    );
    await expect(simulateLattices([block, block], options())).rejects.toThrow(
      /two blocks of L = 4, T = 1.5, train/,
    );
    expect(await simulateLattices([], options())).toEqual({});
  });
});
