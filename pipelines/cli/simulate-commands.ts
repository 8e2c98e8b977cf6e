// The commands of simulations: a run's data, made by one process or by many.
import { type Command, Option } from 'commander';
import type { CliContext } from './context.ts';
import { type CommandParts, withLauncher } from './sweep-commands.ts';

const examples = (domain: string): string => `
Examples:
  npx deepfield simulate ${domain} --preset paper --out runs/big
      the data alone, on all processors of this machine
  npx deepfield simulate ${domain} --preset paper --out runs/big --shards 40 --launcher slurm --slurm partition=main
      the same data, byte for byte, by 40 tasks of a cluster

The data do not depend on how many take part. The same command again goes on with the blocks that are missing; when all are
there it joins them, and "npx deepfield resume <run>" trains. Given before that, "resume" makes the missing ones by itself.
`;

/** Adds `simulate` and `simulate-shard` to the program. */
export function addSimulateCommands(
  program: Command,
  cli: CliContext,
  {
    withJson,
    withOwn,
    withRun,
    collect,
    wholeNumber,
  }: Pick<CommandParts, 'withJson' | 'withOwn' | 'collect' | 'wholeNumber'> & {
    /** What makes a run, but for --source. */
    readonly withRun: (command: Command) => Command;
  },
): void {
  withOwn(
    withLauncher(
      withRun(
        program
          .command('simulate [domain]')
          .description('only simulate the data, in a new run directory; by many processes where asked'),
      ).option(
        '--shards <n>',
        'simulate in so many processes, at once or in turn, each a share of the blocks',
        wholeNumber(1, 10_000),
      ),
      { collect, wholeNumber },
    ),
  )
    .addOption(new Option('--source <path>').hideHelp())
    .addHelpText('after', examples(cli.registry[0].name))
    .action(async (name, options) => (await import('./verbs/simulate.ts')).simulate(cli, name, options));

  withJson(
    program
      .command('simulate-shard <folder> <n>')
      .description('one shard of a simulation, by its number: what a launcher starts'),
  )
    .option('--threads <n>', 'threads (default: all processors)', wholeNumber(1, 1024))
    .option('--leash', 'stop at the next safe point when the standard input ends')
    .action(async (folder, shard, options) =>
      (await import('./verbs/simulate-shard.ts')).simulateShard(cli, folder, shard, options),
    );
}
