// Runs the shards of a batch that are left, and says how it stands with them: the way of predictions and of simulations.
import { UserError } from '../../core/errors.ts';
import type { Batch } from '../sweep/batch.ts';
import type { CliContext } from './context.ts';
import type { Launch } from './launcher.ts';

/**
 * @returns whether all are there; false where they are left to the cluster
 * @throws UserError when some failed; the signal's reason when it was stopped
 */
export async function runShards(
  cli: CliContext,
  batch: Batch,
  launch: Launch,
  { detach = false, json = false }: { readonly detach?: boolean; readonly json?: boolean },
): Promise<boolean> {
  const { root, logs } = batch.paths;
  const unfinished = async (): Promise<number[]> => {
    const tasks: number[] = [];
    for (const [task, element] of await batch.elements())
      if (!(await batch.isFinished(element))) tasks.push(task);
    return tasks;
  };
  const left = await unfinished();
  cli.log(`${batch.tasks} shards in ${root}: ${batch.tasks - left.length} done, ${left.length} to do`);
  const submit = left.length > 0 ? await launch(batch, left) : undefined;
  if (cli.terminal.signal.aborted) cli.log('the same command goes on with what is left');
  cli.terminal.signal.throwIfAborted();
  if (submit !== undefined) {
    cli.show(`shards   ${root}\nsubmit   ${submit}\nthen     the same command again\n`, { json });
    if (json) cli.showJson({ shards: root, submit });
    return false;
  }
  if (detach && left.length > 0) {
    cli.show(`shards   ${root}\nwatch    the same command without --detach\n`, { json });
    return false;
  }
  const failed = await unfinished();
  if (failed.length === 0) return true;
  throw new UserError({
    what: `${failed.length} of ${batch.tasks} shards failed`,
    where: root,
    how: `see ${logs}; the same command tries them again`,
  });
}
