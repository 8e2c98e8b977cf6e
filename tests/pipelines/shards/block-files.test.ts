// Blocks on disk: what comes back is what was written, number by number, and only for the task that it answers.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { BlockSource, BlockWork } from '../../../core/blocks.ts';
import { UserError } from '../../../core/errors.ts';
import { hasBlock, keptBlocks, writeBlock } from '../../../pipelines/shards/block-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-blocks-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const newFolder = (): string => {
  const path = join(folder, `f${made++}`);
  mkdirSync(path);
  return path;
};

const workOf = (tasks: readonly unknown[]): BlockWork => ({
  id: 'numbers',
  module: new URL('file:///none'),
  tasks,
});

/** What is not on disk is `made <task>`, and noted. */
const maker = (asked: unknown[] = []): BlockSource =>
  async function* <Block>({ tasks }: BlockWork) {
    for (const task of tasks) {
      asked.push(task);
      yield `made ${task}` as Block;
    }
  };

async function all(source: BlockSource, work: BlockWork): Promise<unknown[]> {
  const blocks: unknown[] = [];
  for await (const block of source<unknown>(work)) blocks.push(block);
  return blocks;
}

const arrays = fc.oneof(
  fc.float32Array(),
  fc.float64Array(),
  fc.int8Array(),
  fc.uint8Array(),
  fc.int32Array(),
  fc.uint32Array(),
);

describe('a block on disk', () => {
  it('comes back as it was, every bit of its arrays, whatever surrounds them', async () => {
    const own = newFolder();
    const block = fc.array(
      fc.record({
        name: fc.string(),
        data: arrays,
        row: fc.record({ kind: fc.double(), redshift: fc.double() }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(block, fc.double(), async (given, task) => {
        const work = workOf([task]);
        await writeBlock(own, work, 0, given);
        const [back] = (await all(keptBlocks(own, maker()), work)) as [typeof given];
        expect(back).toEqual(given);
        for (const [i, { data }] of back.entries()) {
          expect(Buffer.from(data.buffer, data.byteOffset, data.byteLength)).toEqual(
            Buffer.from(given[i].data.buffer, given[i].data.byteOffset, given[i].data.byteLength),
          );
          // It keeps no more of the file in memory than itself.
          expect(data.buffer.byteLength).toBe(data.byteLength);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('holds of a view of a larger array its own numbers alone', async () => {
    const own = newFolder();
    const work = workOf(['a']);
    await writeBlock(own, work, 0, new Float32Array(1_000_000).subarray(5, 8));
    expect(readFileSync(join(own, 'work/numbers/000000.block')).length).toBeLessThan(1000);
    expect(await all(keptBlocks(own, maker()), work)).toEqual([new Float32Array(3)]);
  });

  it('is taken in its place, and the others are made', async () => {
    const own = newFolder();
    const work = workOf(['a', 'b', 'c', 'd']);
    await writeBlock(own, work, 1, 'kept b');
    await writeBlock(own, work, 3, 'kept d');
    // What a process left that was killed while it wrote.
    writeFileSync(join(own, 'work/numbers/.000000.block.77-1.tmp'), 'torn');
    expect([0, 1, 2, 3].map((block) => hasBlock(own, work, block))).toEqual([false, true, false, true]);
    const asked: unknown[] = [];
    expect(await all(keptBlocks(own, maker(asked)), work)).toEqual(['made a', 'kept b', 'made c', 'kept d']);
    expect(asked).toEqual(['a', 'c']);
  });

  it('closes the other source when it is left early', async () => {
    let closed = false;
    const source: BlockSource = async function* <Block>() {
      try {
        for (;;) yield 'made' as Block;
      } finally {
        closed = true;
      }
    };
    for await (const _ of keptBlocks(newFolder(), source)(workOf([1, 2, 3]))) break;
    expect(closed).toBe(true);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 20), 'the block is damaged'],
    ['something else', () => Buffer.from('no block'), 'the block is damaged'],
    ['empty', () => Buffer.alloc(0), 'the block is damaged'],
  ])('that is %s is told in one line, with its file', async (_, spoil, message) => {
    const own = newFolder();
    const work = workOf([{ seed: 'a' }]);
    await writeBlock(own, work, 0, new Float64Array(50));
    const path = join(own, 'work/numbers/000000.block');
    writeFileSync(path, spoil(readFileSync(path)));
    const error: unknown = await all(keptBlocks(own, maker()), work).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toBe(`${path}: ${message}; delete it; it is made again`);
  });

  it('of another task is refused', async () => {
    const own = newFolder();
    await writeBlock(own, workOf([{ seed: 'a' }]), 0, 'block');
    await expect(all(keptBlocks(own, maker()), workOf([{ seed: 'b' }]))).rejects.toThrow(
      'the block is of another simulation',
    );
  });

  it('leaves no temporary file', () => {
    const names = readdirSync(folder, { recursive: true }).map(String);
    // But for the one that the test above has put there.
    expect(names.filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
  });
});
