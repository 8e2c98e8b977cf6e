// A process that another one started stops at its next safe point when that one is gone: it holds the other end of the standard input.
import { UserError } from '../../core/errors.ts';
import { CliContext } from './context.ts';
import { Interruption } from './interruption.ts';

function leash(): AbortSignal {
  const controller = new AbortController();
  const letGo = (): void => controller.abort(new Interruption('whoever started this process is gone'));
  process.stdin.on('end', letGo).on('error', letGo).resume().unref();
  return controller.signal;
}

/**
 * Does work that Ctrl-C stops, and the leash where there is one.
 *
 * @param master what started this process: `sweep`
 * @throws UserError when that is gone
 */
export async function onLeash(
  { terminal, registry, loadEngine, program }: CliContext,
  { leash: isLeashed = false }: { readonly leash?: boolean },
  master: string,
  work: (cli: CliContext) => Promise<void>,
): Promise<void> {
  const held = isLeashed ? leash() : new AbortController().signal;
  const signal = AbortSignal.any([terminal.signal, held]);
  try {
    await work(new CliContext({ ...terminal, signal }, registry, loadEngine, program));
  } catch (error) {
    if (!held.aborted || terminal.signal.aborted || error instanceof UserError) throw error;
    throw new UserError({
      what: `the ${master} that started this run is gone`,
      how: `start the ${master} again`,
      cause: error,
    });
  }
}
