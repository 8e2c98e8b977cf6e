// The commands under `deepfield data`: public data sets, and what a file is.
import type { Command } from 'commander';
import type { CliContext } from './context.ts';

const withCache = (command: Command): Command =>
  command.option('--cache <dir>', 'folder for fetched data (default: deepfield/data in the XDG cache)');

/**
 * Adds `data` to the program.
 * @param withJson options that every command has
 * @param collect gathers an option that may be given several times
 */
export function addDataCommands(
  program: Command,
  cli: CliContext,
  withJson: (command: Command) => Command,
  collect: (value: string, before?: string[]) => string[],
): void {
  const data = program
    .command('data')
    .description('public data sets: list, fetch, verify; describe says what a file is')
    .helpCommand(false);

  withJson(withCache(data.command('list').description('the public data sets, with licence and size'))).action(
    async (options) => (await import('./verbs/data-list.ts')).dataList(cli, options),
  );

  withJson(
    withCache(
      data.command('fetch <name>').description('fetch a set into the cache; goes on where it was stopped'),
    ),
  )
    .option('--mirror <url>', 'folder with the same files, tried first: https://... or file:///...')
    .option('--query <key=value>', 'what to ask for, of a set made to order; repeatable', collect)
    .action(async (name, options) => (await import('./verbs/data-fetch.ts')).dataFetch(cli, name, options));

  withJson(
    withCache(data.command('verify [name]').description('compare fetched files with their SHA-256')),
  ).action(async (name, options) => (await import('./verbs/data-verify.ts')).dataVerify(cli, name, options));

  withJson(
    data.command('describe <path>').description('what a file or folder is, and which domains would read it'),
  ).action(async (path, options) =>
    (await import('./verbs/data-describe.ts')).dataDescribe(cli, path, options),
  );
}
