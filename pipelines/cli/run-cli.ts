// Runs one command line and turns whatever happens into an exit code: 0 done, 2 the user's mistake (one line), 130
// stopped, 1 a bug (stack trace).
import { dirname } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { UserError } from '../../core/errors.ts';
import { writeError } from '../../core/files/write-error.ts';
import type { Registry } from '../../domains/registry.ts';
import type { Engine } from '../engine.ts';
import { CliContext, type Terminal } from './context.ts';
import { Interruption, stoppedCode } from './interruption.ts';
import { type AddVerb, makeProgram } from './program.ts';

export interface CliOptions {
  readonly terminal: Terminal;
  readonly registry: Registry;
  readonly loadEngine: () => Promise<Engine>;
  readonly version: string;
  /** The words that start this program, for verbs that start it again. Default: those that started this process. */
  readonly program?: readonly string[];
  /** Verbs of floors above. */
  readonly verbs?: readonly AddVerb[];
}

const failed = 2;

/** Commander's message as our one line: `unknown option '--sed'; did you mean --seed?` */
const oneLine = (message: string): string =>
  message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*\(Did you mean (.*?)\)$/s, '; did you mean $1')
    .replace(/\s*\n\s*/g, ' ');

const withSubcommands = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap((below) => withSubcommands(below as Command)),
];

function stopped(error: unknown, { signal }: Terminal): boolean {
  if (!signal.aborted) return false;
  return error === signal.reason || error instanceof Interruption || (error as Error)?.name === 'AbortError';
}

/** What the system says of a full or forbidden disk is nobody's bug, wherever it was met. */
function asMistake(error: unknown): unknown {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const disk = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM'].includes(code ?? '');
  return disk ? writeError(error, path ?? 'a file') : error;
}

function causesOf(error: unknown): string {
  const { stack, cause } = error as Error;
  return `${stack ?? error}\n${cause === undefined ? '' : `caused by ${causesOf(cause)}`}`;
}

/** Whose bug an error is: the user's own, where their code is in its stack. */
function whose(error: unknown, registry: Registry): string {
  const own = registry.find(({ from }) => from !== undefined && causesOf(error).includes(dirname(from)));
  return own === undefined
    ? 'This is a bug in deepfield; please report it with what follows.'
    : `This is a bug in your domain ${own.name}, or in how deepfield calls it.`;
}

/**
 * Runs the verb that `argv` names.
 * @param argv words after the program's name
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<number> {
  const { terminal } = options;
  const cli = new CliContext(terminal, options.registry, options.loadEngine, options.program);
  const program = makeProgram(cli, options.version, options.verbs);
  for (const command of withSubcommands(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      outputError: () => {},
    });
  }
  if (argv.length === 0) {
    program.outputHelp();
    return 0;
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (thrown) {
    cli.progress.clear();
    const error = asMistake(thrown);
    if (error instanceof CommanderError) {
      // A command that only has others below it shows its help.
      if (error.exitCode === 0 || error.code === 'commander.help') return 0;
      terminal.stderr.write(`error: ${oneLine(error.message)}\n`);
      return failed;
    }
    if (stopped(error, terminal)) {
      const how =
        cli.interrupted === undefined ? '' : `; go on with: npx deepfield resume ${cli.interrupted}`;
      terminal.stderr.write(`stopped${how}\n`);
      return stoppedCode;
    }
    if (error instanceof UserError) {
      terminal.stderr.write(`error: ${error.message}\n`);
      if (argv.includes('--verbose')) terminal.stderr.write(causesOf(error));
      return failed;
    }
    terminal.stderr.write(`${whose(error, cli.registry)}\n${causesOf(error)}`);
    return 1;
  } finally {
    cli.progress.clear();
  }
}
