// deepfield predict --shards: one table, or many files, answered by several processes here or on a cluster, each by a part of it. The
// same command again goes on with what is left.
import { rm } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { joinedEndings, joinShards } from '../../shards/join-shards.ts';
import { openShards, type ShardPlan, shardBatch, shardOutputs } from '../../shards/shard-plan.ts';
import type { Run } from '../../stages/run.ts';
import type { CliContext } from '../context.ts';
import { type LauncherOptions, launcherOf } from '../launcher.ts';
import { runShards } from '../run-shards.ts';
import { filesOf } from './predict-files.ts';

export interface PredictInShardsOptions extends LauncherOptions {
  readonly shards?: number;
  readonly out?: string;
  readonly json?: boolean;
}

interface Divided {
  readonly plan: ShardPlan;
  /** Where the shards stand. */
  readonly folder: string;
  /** The table that they are joined to. */
  readonly joined?: string;
}

const refuse = (what: string, how: string): UserError => new UserError({ what, where: '--shards', how });

/** @throws UserError where the domain answers in no way that can be divided */
async function divide(
  { domain, paths }: Run,
  given: readonly string[],
  options: unknown,
  shards: number,
  out: string,
): Promise<Divided> {
  const { table, files: answers } = domain.predict;
  const run = resolve(paths.root);
  if (answers !== undefined) {
    const { files } = await filesOf(answers, given);
    if (files.length < shards) {
      throw refuse(`${files.length} files are fewer than ${shards} shards`, 'lower it, or name more files');
    }
    const plan = {
      version: 1,
      run,
      kind: 'files',
      files: files.map((file) => resolve(file)),
      shards,
    } as const;
    const outs = files.map((file) => answers.nameOf(file.split('/').at(-1) ?? file, options));
    const twice = outs.find((name, i) => outs.indexOf(name) < i);
    if (twice !== undefined) throw refuse(`two answers would be ${twice}`, 'ask in two calls');
    return { plan: { ...plan, ending: '', options }, folder: out };
  }
  if (table?.shards !== true || !given.every((file) => table.accepts(file))) {
    throw refuse(`${domain.name} answers these files as a whole`, 'leave it out');
  }
  if (given.length > 1) throw refuse('several tables', 'give one at a time');
  const ending = extname(out).toLowerCase();
  const plan = {
    version: 1 as const,
    run,
    kind: 'rows' as const,
    files: [resolve(given[0])],
    shards,
    options,
  };
  if (ending === '') return { plan: { ...plan, ending: table.endings[0] }, folder: out };
  if (!table.endings.includes(ending)) {
    throw new UserError({
      what: 'unknown kind of table',
      where: `--out ${out}`,
      how: `end its name with ${table.endings.join(' or ')}, or give a folder`,
    });
  }
  if (!joinedEndings.includes(ending)) {
    throw refuse(`shards of ${ending} are not joined`, `give a folder with --out, or end its name with .csv`);
  }
  return { plan: { ...plan, ending }, folder: `${out}.shards`, joined: out };
}

/** @param options.own options of the domain, checked */
export async function predictInShards(
  cli: CliContext,
  run: Run,
  given: readonly string[],
  own: unknown,
  { shards = 2, out, json, ...options }: PredictInShardsOptions,
): Promise<void> {
  if (out === undefined) throw refuse('where do the answers go?', 'add --out');
  const launch = await launcherOf(cli, options);
  const { plan: divided, folder, joined } = await divide(run, given, own, shards, out);
  const from = cli.registry.find(({ name }) => name === run.domain.name)?.from;
  const plan = from === undefined ? divided : { ...divided, from };
  await openShards(folder, plan);
  const batch = await shardBatch(folder, plan, run.domain);
  if (!(await runShards(cli, batch, launch, { detach: options.detach, json }))) return;
  const written = Array.from({ length: shards }, (_, i) =>
    shardOutputs(folder, plan, run.domain, i + 1),
  ).flat();
  if (joined === undefined) {
    cli.show(`answers  ${written.length} files in ${folder}\n`, { json });
    if (json) cli.showJson({ out: folder, files: written });
    return;
  }
  const { rejected, rejectedPath } = await joinShards(folder, plan, joined);
  await rm(folder, { recursive: true });
  if (rejected > 0) cli.log(`${rejected} rows could not be answered, listed in ${rejectedPath}`);
  cli.show(`answers  ${joined}\n`, { json });
  if (json) cli.showJson({ out: joined, rejected, ...(rejectedPath !== undefined && { rejectedPath }) });
}
