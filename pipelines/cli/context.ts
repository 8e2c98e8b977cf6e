// What every verb of the command line is given: where to write, what to look domains up in, how to be stopped.
import { UserError } from '../../core/errors.ts';
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
  /** What follows `resume` to go on when the work is interrupted. */
  interrupted: string | undefined;
  /** What --domain gives. */
  private given: { readonly name: string; readonly path: string } | undefined;

  constructor(
    readonly terminal: Terminal,
    /** The domains that are known: the program's, and the user's own once {@link openDomains} has looked for them. */
    public registry: Registry,
    /** Loads the engine; a verb that needs no tensors never calls it. */
    readonly loadEngine: () => Promise<Engine>,
    /** The words that start this program in a process of its own. */
    readonly program: readonly string[] = [process.execPath, ...process.execArgv, process.argv[1]],
  ) {
    this.progress = new ProgressBar(terminal.stderr);
  }

  /**
   * Adds the domains of deepfield.config.ts in this folder, and the one at a path.
   * @throws UserError when the path holds no domain, or a name is taken
   */
  async openDomains(path?: string): Promise<void> {
    const config = (await import('../own-domains/config-path.ts')).configPath();
    if (config === undefined && path === undefined) return;
    const { openOwn, ownEntry } = await import('../own-domains/own-domain.ts');
    const { ownRegistry } = await import('../own-domains/own-registry.ts');
    const { configDomains } = await import('../own-domains/config-domains.ts');
    const own = config === undefined ? [] : await configDomains(config);
    const entries = own.map(ownEntry);
    if (path !== undefined) {
      const entry = await openOwn(path);
      this.given = { name: entry.name, path };
      entries.push(entry);
    }
    this.registry = ownRegistry(this.registry, entries);
  }

  /** The domain that is meant: by its name, or by --domain. @throws UserError when neither is given, or two different ones */
  domainName(name = this.given?.name): string {
    if (name === undefined) {
      throw new UserError({
        what: 'no domain is named',
        how: `name one of ${this.registry.map((entry) => entry.name).join(', ')}, or give --domain ./my-domain`,
      });
    }
    if (this.given === undefined || name === this.given.name) return name;
    throw new UserError({
      what: `its name is ${this.given.name}, not ${name}`,
      where: '--domain',
      how: 'leave one of them out',
    });
  }

  /** The words that go on with a run, `resume` aside. */
  wordsOf(root: string): string {
    return this.given === undefined ? root : `${root} --domain ${this.given.path}`;
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
