// The commands of sweeps: many runs of a domain by one plan, and what they come to.
import { type Command, InvalidArgumentError } from 'commander';
import type { CliContext } from './context.ts';

/** What the commands of the program share. */
export interface CommandParts {
  /** Options that every command has. */
  readonly withJson: (command: Command) => Command;
  /** The same, and `--domain`. */
  readonly withOwn: (command: Command) => Command;
  /** Options that make a run what it is. */
  readonly withChoice: (command: Command) => Command;
  /** Gathers an option that may be given several times. */
  readonly collect: (value: string, before?: string[]) => string[];
  readonly wholeNumber: (least: number, most: number) => (text: string) => number;
}

const oneOf =
  (...names: readonly string[]) =>
  (text: string): string => {
    if (names.includes(text)) return text;
    throw new InvalidArgumentError(`Choose one of ${names.join(', ')}.`);
  };

const withObjective = (command: Command): Command =>
  command
    .option(
      '--objective <metric>',
      'validation metric that trials are compared by, or network/metric (default: validationLoss of the primary network)',
    )
    .option('--goal <min|max>', 'which is better (default: min)', oneOf('min', 'max'))
    .option(
      '--at <best|last>',
      'the best value on the way or that of the last step (default: best)',
      oneOf('best', 'last'),
    );

/** What runs the elements of a sweep, or the shards of a prediction or simulation. */
export const withLauncher = (
  command: Command,
  { collect, wholeNumber }: Pick<CommandParts, 'collect' | 'wholeNumber'>,
): Command =>
  command
    .option(
      '--launcher <name>',
      'what runs them: local, slurm or kubernetes (default: local)',
      oneOf('local', 'slurm', 'kubernetes'),
    )
    .option(
      '--slurm <key=value>',
      'of --launcher slurm: partition, time, cpus, memory, gpus, account, modules, container, program, options; or a YAML file of them; repeatable',
      collect,
    )
    .option(
      '--kubernetes <key=value>',
      'of --launcher kubernetes: claim, image, namespace, mount, subpath, cpus, memory, gpus, backoff, program; or a YAML file of them; repeatable',
      collect,
    )
    .option('--detach', 'of --launcher slurm: submit, and do not watch')
    .option(
      '--jobs <n>',
      'runs at once (default: one a processor; of Slurm, what it gives)',
      wholeNumber(1, 1024),
    )
    .option('--retries <n>', 'further attempts at a run that failed (default: 1)', wholeNumber(0, 100));

const sweepHelp = `
Values of a parameter:
  log:1e-4..1e-1    a range by its logarithm       lin:0..1      an even one
  int:1..8          whole numbers                  100,300,500   a list: numbers, names, true,false, [10],[10,20]
  log:1e-4..1e-1/4  four even steps of a range, as a grid wants them

The same command again goes on: finished runs are skipped, stopped ones resumed, failed ones tried again.
`;

/** Adds `sweep`, `collect` and `sweep-element` to the program. */
export function addSweepCommands(
  program: Command,
  cli: CliContext,
  { withJson, withOwn, withChoice, collect, wholeNumber }: CommandParts,
): void {
  withOwn(
    withObjective(
      withLauncher(
        withChoice(
          program.command('sweep [domain]').description('run a domain with many settings, and compare them'),
        )
          .option('--param <key=values>', 'a setting and the values it takes; repeatable', collect)
          .option('--trials <n>', 'how many settings are tried; of a grid all', wholeNumber(1, 100_000))
          .option(
            '--strategy <name>',
            'grid, random, sobol or successive-halving, which is random with --budget (default: random with --trials, else grid)',
            oneOf('grid', 'random', 'sobol', 'successive-halving'),
          )
          .option(
            '--budget <key=low..high>',
            'successive halving: the setting that grows from rung to rung, as only the best trials go on; the domain\'s own without "key="',
          )
          .option(
            '--reduction <n>',
            'of --budget: of how many trials one goes on (default: 3)',
            wholeNumber(2, 100),
          )
          .option(
            '--rungs <n>',
            'of --budget: how many (default: as many as it has room for)',
            wholeNumber(2, 100),
          )
          .option(
            '--seeds <n>',
            'runs of each trial, with seeds that follow --seed (default: 1)',
            wholeNumber(1, 1000),
          )
          .option(
            '--folds <n>',
            'cross-validation: a run of each trial and seed for each of so many parts of the data, which it is tested on',
            wholeNumber(2, 1000),
          )
          .option('--device <name>', 'device that networks are trained on (default: cpu)')
          .option(
            '--out <dir>',
            'the directory of the sweep (default: one under sweeps/, found again by the same command)',
          )
          .option('--extend', 'more trials or seeds for the sweep that is there')
          .option(
            '--threads <n>',
            'threads of each run (default: processors / jobs; of Slurm, --slurm cpus)',
            wholeNumber(1, 1024),
          ),
        { collect, wholeNumber },
      ),
    ),
  )
    .addHelpText('after', sweepHelp)
    .action(async (name, options) => (await import('./verbs/sweep.ts')).sweep(cli, name, options));

  withOwn(
    withObjective(
      program.command('collect <sweep>').description('table and report of a sweep from the runs it has'),
    ),
  ).action(async (folder, options) => (await import('./verbs/collect.ts')).collect(cli, folder, options));

  withJson(
    program
      .command('sweep-element <sweep> <element>')
      .description('one run of a sweep, by its name or number: what a launcher starts'),
  )
    .option('--threads <n>', 'threads (default: all processors)', wholeNumber(1, 1024))
    .option('--alone', 'record a failure, since nobody watches')
    .option('--leash', 'stop at the next safe point when the standard input ends')
    .action(async (folder, id, options) =>
      (await import('./verbs/sweep-element.ts')).sweepElement(cli, folder, id, options),
    );
}
