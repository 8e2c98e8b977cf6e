// The shards of a table of text as one table, and what they rejected as one list.
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { rejectedPathOf } from '../../data-adapters/tables/rejected-rows.ts';
import { shardName } from './shard-batch.ts';
import type { ShardPlan } from './shard-plan.ts';

/** Endings of tables that are joined; the others are left as a folder of shards, which their readers take as one table. */
export const joinedEndings = ['.csv', '.tsv'];

const newline = 10;

/** Bytes of files one after another, the first line of the first alone. */
async function* joined(paths: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const [i, path] of paths.entries()) {
    let inHead = i > 0;
    for await (const chunk of createReadStream(path)) {
      let bytes = chunk as Uint8Array;
      if (inHead) {
        const end = bytes.indexOf(newline);
        if (end < 0) continue;
        inHead = false;
        bytes = bytes.subarray(end + 1);
      }
      if (bytes.length > 0) yield bytes;
    }
  }
}

async function linesOf(path: string): Promise<number> {
  let lines = 0;
  for await (const _ of createInterface({ input: createReadStream(path) })) lines++;
  return lines;
}

/** @returns rows that were rejected, and the file that lists them */
export async function joinShards(
  folder: string,
  { shards, ending }: ShardPlan,
  out: string,
): Promise<{ rejectedPath?: string; rejected: number }> {
  const parts = Array.from({ length: shards }, (_, i) => join(folder, `${shardName(i + 1)}${ending}`));
  await writeFileAtomic(out, joined(parts));
  const lists = parts.map(rejectedPathOf).filter((path) => existsSync(path));
  if (lists.length === 0) return { rejected: 0 };
  const rejectedPath = rejectedPathOf(out);
  await writeFileAtomic(rejectedPath, joined(lists));
  return { rejectedPath, rejected: (await linesOf(rejectedPath)) - 1 };
}
