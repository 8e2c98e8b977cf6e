// Blocks of a simulation on disk, a file each, <work>/000017.block: what a thread of that process would have handed over, in the
// serialisation of structured cloning (v8.serialize), with the task that it answers. It is no format for keeping: the files are gone once
// the data are prepared.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { BlockSource, BlockWork } from '../../core/blocks.ts';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { readError } from '../../core/files/read-error.ts';
import { ownBytes } from '../../core/own-bytes.ts';
import { fileStem } from '../run-directory/layout.ts';

const folderOf = (folder: string, id: string): string => join(folder, 'work', fileStem(id));

const pathOf = (folder: string, id: string, block: number): string =>
  join(folderOf(folder, id), `${String(block).padStart(6, '0')}.block`);

/** @param block from 0 */
export const hasBlock = (folder: string, { id }: BlockWork, block: number): boolean =>
  existsSync(pathOf(folder, id, block));

/** Numbers of all blocks that are there. */
export function blocksThere(folder: string, { id }: BlockWork): Set<number> {
  const own = folderOf(folder, id);
  const names = existsSync(own) ? readdirSync(own) : [];
  return new Set(names.flatMap((name) => /^(\d+)\.block$/.exec(name)?.slice(1) ?? []).map(Number));
}

/** Writes a block whole or not at all. @throws UserError when the disk is full */
export async function writeBlock(
  folder: string,
  { id, tasks }: BlockWork,
  block: number,
  made: unknown,
): Promise<void> {
  await mkdir(folderOf(folder, id), { recursive: true });
  await writeFileAtomic(pathOf(folder, id, block), serialize({ task: tasks[block], made }));
}

/** @throws UserError when the file is gone, damaged, or answers another task */
async function readBlock<Block>(folder: string, { id, tasks }: BlockWork, block: number): Promise<Block> {
  const path = pathOf(folder, id, block);
  const refuse = (what: string, cause?: unknown): UserError =>
    new UserError({ what, where: path, how: 'delete it; it is made again', cause });
  const bytes = await readFile(path).catch(async (error) => {
    throw await readError(error, path);
  });
  let kept: { readonly task?: unknown; readonly made?: unknown };
  try {
    kept = deserialize(bytes);
  } catch (cause) {
    throw refuse('the block is damaged', cause);
  }
  if (!isDeepStrictEqual(kept?.task, tasks[block])) throw refuse('the block is of another simulation');
  // Arrays are views of the file's bytes, which are not to stay in memory with one of them.
  return ownBytes(kept.made as Block);
}

/** Takes the blocks that are there from their files, and the others from another source. */
export const keptBlocks = (folder: string, source: BlockSource): BlockSource =>
  async function* <Block>(work: BlockWork, ahead?: number) {
    const there = blocksThere(folder, work);
    const tasks = work.tasks.filter((_, block) => !there.has(block));
    const others = source<Block>({ ...work, tasks }, ahead)[Symbol.asyncIterator]();
    try {
      for (const block of work.tasks.keys()) {
        if (there.has(block)) yield await readBlock<Block>(folder, work, block);
        else yield (await others.next()).value;
      }
    } finally {
      await others.return?.();
    }
  };
