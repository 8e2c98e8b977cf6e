// deepfield serve: from flags to a server, until it is told to stop.
import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import pino from 'pino';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import type { CliContext } from '../../pipelines/cli/context.ts';
import { ownAmong } from '../../pipelines/own-domains/own-registry.ts';
import { version } from '../../pipelines/package-root.ts';
import { findRun } from '../../pipelines/run-directory/find-run.ts';
import type { RunLayout } from '../../pipelines/run-directory/layout.ts';
import { defaults, isLoopback, type ServerSettings } from '../settings.ts';
import { type RunningServer, startServer } from '../start-server.ts';

export interface ServeOptions extends Partial<Omit<ServerSettings, 'apiKeys'>> {
  readonly apiKeyFile?: string;
  /** False with `--no-auth`. */
  readonly auth: boolean;
  readonly logLevel?: string;
}

/** Letters of a key at least: fewer can be guessed. */
const shortestKey = 16;

/** @throws UserError for a file without keys, or with one that can be guessed */
async function readKeys(path: string, warn: (line: string) => void): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const keys = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (keys.length === 0) throw new UserError({ what: 'holds no key', where: path, how: 'write one a line' });
  const wrong = keys.findIndex((key) => key.length < shortestKey || /\s/.test(key));
  if (wrong >= 0) {
    throw new UserError({
      what: `key ${wrong + 1} is shorter than ${shortestKey} letters or has spaces`,
      where: path,
      how: 'make one with: openssl rand -hex 32',
    });
  }
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0 && process.platform !== 'win32')
    warn(`${path} can be read by others; chmod 600 ${path}`);
  return keys;
}

/** @throws UserError when others could ask without a key and nobody said that they may */
async function settingsOf(
  { apiKeyFile, auth, logLevel: _, ...given }: ServeOptions,
  warn: (line: string) => void,
): Promise<ServerSettings> {
  const apiKeys = apiKeyFile === undefined ? [] : await readKeys(apiKeyFile, warn);
  if (apiKeys.length > 0 && !auth)
    throw new UserError({ what: '--no-auth and --api-key-file', how: 'give one of them' });
  const workers = Math.max(2, availableParallelism() - 1);
  const known = Object.fromEntries(Object.entries(given).filter(([key]) => key in defaults));
  const settings: ServerSettings = { ...defaults, workers, ...known, apiKeys };
  if (!isLoopback(settings.host) && apiKeys.length === 0 && auth) {
    throw new UserError({
      what: 'other machines could ask without a key',
      where: `--host ${settings.host}`,
      how: 'give --api-key-file, or --no-auth if that is meant',
    });
  }
  const strange = settings.cors.find((origin) => !/^https?:\/\/[^/]+$/.test(origin));
  if (strange !== undefined)
    throw new UserError({
      what: 'is no origin',
      where: `--cors ${strange}`,
      how: 'write https://lab.example',
    });
  return settings;
}

async function namedRuns(names: readonly string[]): Promise<RunLayout[]> {
  const found: RunLayout[] = [];
  for (const name of names) found.push(await findRun(name));
  return found;
}

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function tell(cli: CliContext, { url, service: { catalogue, settings } }: RunningServer): void {
  for (const domain of catalogue.domains) {
    const versions = catalogue.versionsOf(domain);
    const more = versions.length > 1 ? ` and ${versions.length - 1} before it` : '';
    cli.log(`${domain}: ${versions[0].name}${more}`);
  }
  if (catalogue.domains.length === 0) cli.log('no finished run yet; they are served as they finish');
  const key = settings.apiKeys.length > 0 ? ', with a key' : '';
  cli.log(`listening at ${url}${key}; Ctrl-C stops`);
}

/** Serves until the terminal's signal. @throws UserError for flags, runs and addresses that do not work */
export async function serve(cli: CliContext, runs: readonly string[], options: ServeOptions): Promise<void> {
  const settings = await settingsOf(options, cli.log);
  const { stdout, signal } = cli.terminal;
  const log = pino(
    { level: options.logLevel ?? 'info', base: null },
    { write: (line: string) => void stdout.write(line) },
  );
  const server = await startServer({
    settings,
    named: await namedRuns(runs),
    own: ownAmong(cli.registry),
    log,
    version: version(),
  });
  tell(cli, server);
  await stopped(signal);
  await server.stop();
}
