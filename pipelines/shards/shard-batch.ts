// Shards of anything as launchers see them: elements with numbers, each finished when all that it writes is there. What they write stands
// whole under its name or not at all.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Batch } from '../sweep/batch.ts';

/** @param shard from 1 */
export const shardName = (shard: number): string => `part-${String(shard).padStart(4, '0')}`;

/**
 * The shard that a word names.
 *
 * @param word number from 1, or `part-0001`
 * @throws UserError when there is no such shard
 */
export function shardNumber(word: string, shards: number, folder: string): number {
  const shard = Number(word.replace(/^part-/, ''));
  if (Number.isInteger(shard) && shard >= 1 && shard <= shards) return shard;
  throw new UserError({ what: `no shard ${word}`, where: folder, how: `give a number from 1 to ${shards}` });
}

export interface Shards extends Pick<Batch, 'verb' | 'reads' | 'made'> {
  /** Where they are written. */
  readonly folder: string;
  readonly shards: number;
  /** How many files a shard writes. @param shard from 1, as in the next */
  wanted(shard: number): number;
  /** How many of them are there. */
  written(shard: number): number;
}

export async function batchOfShards({
  folder,
  verb,
  reads,
  made,
  shards,
  wanted,
  written,
}: Shards): Promise<Batch> {
  const paths = { root: folder, logs: join(folder, 'logs'), failures: join(folder, 'failures') };
  for (const path of [paths.logs, paths.failures]) await mkdir(path, { recursive: true });
  const elements = new Map(Array.from({ length: shards }, (_, i) => [i + 1, { id: shardName(i + 1) }]));
  const taskOf = new Map([...elements].map(([task, { id }]) => [id, task]));
  const shardOf = (id: string): number => taskOf.get(id) ?? 0;
  return {
    paths,
    verb,
    label: 'shards',
    made,
    reads,
    tasks: shards,
    rungOf: () => 1,
    elements: async () => elements,
    decide: async () => {},
    isFinished: async ({ id }) => written(shardOf(id)) === wanted(shardOf(id)),
    progressOf: ({ id }) => written(shardOf(id)),
    // Each file is written whole: two who write it at once do no harm.
    lockOf: () => undefined,
  };
}
