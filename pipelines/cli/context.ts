// What every verb of the command line is given: where to write, what to look domains up in, how to be stopped.
import type { Registry } from '../../domains/registry.ts';
import type { Engine } from '../engine.ts';
import { type Output, ProgressBar } from './progress-bar.ts';

/** What the process gives the command line; tests give their own. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

export class CliContext {
  /** Bars and log lines, on stderr. */
  readonly progress: ProgressBar;
  /** Run directory that can be resumed when the work is interrupted. */
  interrupted: string | undefined;

  constructor(
    readonly terminal: Terminal,
    readonly registry: Registry,
    /** Loads the engine; a verb that needs no tensors never calls it. */
    readonly loadEngine: () => Promise<Engine>,
    /** The words that start this program in a process of its own. */
    readonly program: readonly string[] = [process.execPath, ...process.execArgv, process.argv[1]],
  ) {
    this.progress = new ProgressBar(terminal.stderr);
  }

  /** A line for the person who watches, on stderr. */
  log = (line: string): void => this.progress.print(line);

  /** Text of the answer: on stdout, or on stderr where stdout belongs to JSON. */
  show(text: string, { json = false }: { readonly json?: boolean } = {}): void {
    this.progress.clear();
    (json ? this.terminal.stderr : this.terminal.stdout).write(text);
  }

  /** The object that `--json` asks for: one line, the last of stdout. */
  showJson(value: unknown): void {
    this.progress.clear();
    this.terminal.stdout.write(`${JSON.stringify(value)}\n`);
  }
}
