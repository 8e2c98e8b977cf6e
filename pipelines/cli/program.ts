// The command language: verbs, arguments and options, with their help. What a verb does is in verbs/, loaded when it
// is called, so that help is quick.
import { Command, InvalidArgumentError } from 'commander';
import type { CliContext } from './context.ts';
import { addDataCommands } from './data-commands.ts';
import { addSimulateCommands } from './simulate-commands.ts';
import { addSweepCommands, withLauncher } from './sweep-commands.ts';

const examples = (domain: string): string => `
Examples:
  npx deepfield run ${domain}
      simulate, train, evaluate and report; preset "quick" takes minutes
  npx deepfield run ${domain} --source my-data --set training.steps=500 --seed 7
      the same on your own files, with a setting changed
  npx deepfield predict latest my-file
      ask the networks of the latest run about a file
  npx deepfield new my-science --from tabular
      a domain of your own, in a folder of yours

A run is a directory, runs/<domain>/<time>-<seed>/. For <run> give its path, its name or "latest".
Stop a run with Ctrl-C at any time; "npx deepfield resume <run>" goes on where it stopped.
"deepfield info <domain>" lists the settings and files of a domain, "deepfield help <command>" all options.
`;

/** Collects an option that may be given several times. */
export const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Collects names between commas; one that has a comma itself stands in quotes. */
export const listed = (value: string, before: string[] = []): string[] => [
  ...before,
  ...[...value.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, quoted, plain]) => (quoted ?? plain).trim()),
];

/** A parser of options that are whole numbers. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

const withJson = (command: Command): Command =>
  command
    .option('--json', 'print the answer as JSON, the last line of stdout; all else goes to stderr')
    .option('--verbose', 'show the cause of an error too');

const withWork = (command: Command): Command =>
  command
    .option(
      '--device <name>',
      'device that networks are trained on: auto or one of "deepfield devices" (default: cpu)',
    )
    .option('--threads <n>', 'threads for simulations (default: all processors)', wholeNumber(1, 1024));

/** Knows the user's own domains before the verb is called. For the verbs that look up a domain. */
export const withDomains = (command: Command, cli: CliContext): Command =>
  command
    .option('--domain <path>', 'a domain of your own: its folder or module; deepfield.config.ts names others')
    .hook('preAction', () => cli.openDomains(command.opts().domain));

/** What a run is, but for its data, where it stands and what it is worked with. */
const withRecipe = (command: Command): Command =>
  command
    .option(
      '--preset <name>',
      "quick (minutes), standard (half an hour) or paper (the paper's sizes) (default: quick)",
    )
    .option('--set <key=value>', 'change a setting; repeatable: --set training.steps=500', collect)
    .option('--config <file>', 'settings as YAML or JSON, under --set and over the preset')
    .option('--seed <n>', 'seed of all random numbers (default: 1)', wholeNumber(0, Number.MAX_SAFE_INTEGER));

const withChoice = (command: Command): Command =>
  withRecipe(command).option('--source <path>', "your data in place of the domain's own simulation");

const withFolder = (command: Command): Command =>
  withWork(command.option('--out <dir>', 'the run directory (default: a new one under runs/)'));

const withRun = (command: Command): Command => withFolder(withRecipe(command));

const withSettings = (command: Command): Command => withFolder(withChoice(command));

/** `predict <run> <file...>`: a verb and its arguments in the list of verbs. */
const subcommandTerm = (command: Command): string =>
  [
    command.name(),
    ...command.registeredArguments.map((argument) => {
      const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
      return argument.required ? `<${name}>` : `[${name}]`;
    }),
  ].join(' ');

/** Adds a verb to the program: for floors above this one. */
export type AddVerb = (program: Command, cli: CliContext) => void;

/** Builds the program; parsing it runs a verb. @param more verbs besides */
export function makeProgram(cli: CliContext, version: string, more: readonly AddVerb[] = []): Command {
  const program = new Command('deepfield')
    .description(
      'Deep-learning pipelines for science. One command simulates or reads data, trains networks,\n' +
        'measures them against a paper and exact results, and leaves a report. All on this machine.',
    )
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', examples(cli.registry[0].name))
    .configureHelp({ helpWidth: 100, subcommandTerm });

  const withOwn = (command: Command): Command => withJson(withDomains(command, cli));

  withOwn(program.command('list').description('list the domains')).action(async (options) =>
    (await import('./verbs/list.ts')).list(cli, options),
  );

  withOwn(
    program
      .command('info [domain]')
      .description('describe a domain: paper, settings, presets, files it reads'),
  ).action(async (name, options) => (await import('./verbs/info.ts')).info(cli, name, options));

  withOwn(
    withSettings(
      program
        .command('run [domain]')
        .description('prepare, train, evaluate and report, in a new run directory'),
    ),
  ).action(async (name, options) => (await import('./verbs/run.ts')).run(cli, name, 'report', options));

  withJson(
    withRun(
      program
        .command('fit <data>')
        .description(
          'learn a column of your own table: infer its schema, show it, train, evaluate and report',
        ),
    ),
  )
    .option('--target <column>', 'column to predict')
    .option('--task <name>', 'classification or regression (default: told by the target)')
    .option('--classes <a,b>', 'classes in their order; rows of others are left out', listed)
    .option('--positive <class>', 'of two classes the one to find (default: yes, true, 1, ... or the rarer)')
    .option('--group <column>', 'rows with the same value stay on one side of the split: a patient, say')
    .option('--number <a,b>', 'columns that are numbers; repeatable, as the next three', listed)
    .option('--category <a,b>', 'columns of words, or of numbers that stand for words', listed)
    .option('--date <a,b>', 'columns of dates', listed)
    .option('--ignore <a,b>', 'columns not to look at', listed)
    .option('--missing <a,b>', 'words that stand for a missing value, as -999 or unknown', listed)
    .option('--dry-run', 'show what is inferred and stop')
    .action(async (data, options) => (await import('./verbs/fit.ts')).fit(cli, data, options));

  withOwn(
    withSettings(
      program
        .command('prepare [domain]')
        .description('only simulate or read the data, in a new run directory'),
    ),
  ).action(async (name, options) => (await import('./verbs/run.ts')).run(cli, name, 'prepare', options));

  addSimulateCommands(program, cli, { withJson, withOwn, withRun, collect, wholeNumber });

  withOwn(
    withSettings(
      program.command('train [domain-or-run]').description('prepare where that is not done, and train'),
    ),
  ).action(async (name, options) => (await import('./verbs/train.ts')).train(cli, name, options));

  withOwn(
    withWork(program.command('resume <run>').description('go on with a run that was stopped, to its report')),
  ).action(async (name, options) => (await import('./verbs/resume.ts')).resume(cli, name, 'report', options));

  withOwn(
    withWork(program.command('evaluate <run>').description('measure the networks again, or on other data')),
  )
    .option('--source <path>', 'other data; the result goes to evaluations/<time>/ in the run')
    .option('--set <key=value>', 'a setting changed for --source; repeatable', collect)
    .action(async (name, options) => (await import('./verbs/evaluate.ts')).evaluate(cli, name, options));

  withOwn(
    withLauncher(
      withWork(program.command('predict <run> <file...>').description('ask the networks about files')),
      { collect, wholeNumber },
    ),
  )
    .option(
      '--shards <n>',
      'answer one table by its rows, or many files, in so many processes at once or in turn; to --out',
      wholeNumber(2, 10_000),
    )
    .option(
      '--out <file>',
      'write the answers to a file: .csv or .json; tables and images are answered by files of their own kind, several by a folder',
    )
    .addHelpText('after', '\nA domain may have further options; "deepfield info <domain>" lists them.\n')
    // Those are words of the domain, checked where the run is known.
    .allowUnknownOption()
    .action(async (name, words, options) =>
      (await import('./verbs/predict.ts')).predict(cli, name, words, options),
    );

  withJson(
    withWork(
      program
        .command('predict-shard <folder> <n>')
        .description('one shard of a prediction, by its number: what a launcher starts'),
    ),
  )
    .option('--leash', 'stop at the next safe point when the standard input ends')
    .action(async (folder, shard, options) =>
      (await import('./verbs/predict-shard.ts')).predictShard(cli, folder, shard, options),
    );

  withOwn(program.command('report <run>').description('write report.html and model-card.md again')).action(
    async (name, options) => (await import('./verbs/report.ts')).report(cli, name, options),
  );

  withOwn(
    program.command('export <run>').description('copy the networks, the data or the metrics out of a run'),
  )
    .requiredOption(
      '--format <name>',
      'onnx, tfjs (networks); arrow, csv (prepared data); tensorboard (metrics, also of all runs of a sweep)',
    )
    .requiredOption('--out <dir>', 'folder to write to')
    .action(async (name, options) => (await import('./verbs/export.ts')).exportRun(cli, name, options));

  withOwn(
    withFolder(
      program
        .command('ensemble <run...>')
        .description(
          'one run of several, or of the best of a sweep: their answers averaged, with their spread',
        ),
    ),
  )
    .option(
      '--best <n>',
      'how many trials of a sweep, the best by validation, each with all its seeds (default: 1)',
      wholeNumber(1, 1000),
    )
    .action(async (names, options) => (await import('./verbs/ensemble.ts')).ensemble(cli, names, options));

  withJson(
    program
      .command('explain [topic]')
      .description('a topic of deep learning, computed live; alone: the topics'),
  )
    .option('--html <file>', 'write it as a page, with its plots')
    .action(async (name, options) => (await import('./verbs/explain.ts')).explain(cli, name, options));

  withJson(
    program
      .command('new <name>')
      .description('a domain of your own, in a folder of yours: an npm project that runs at once'),
  )
    .requiredOption('--from <template>', 'what your data are like: tabular, sequence, image or lattice')
    .option('--out <folder>', 'folder to make (default: one called as the domain)')
    .action(async (name, options) => (await import('./verbs/new.ts')).makeNew(cli, name, options));

  addSweepCommands(program, cli, { withJson, withOwn, withChoice, collect, wholeNumber });

  addDataCommands(program, cli, withJson, collect);

  for (const add of more) add(program, cli);

  withJson(program.command('devices').description('list the devices that networks can run on')).action(
    async (options) => (await import('./verbs/devices.ts')).devices(cli, options),
  );

  return program;
}
