// The door `deepfield/server`: runs served over HTTP from a program of your own. The command line's `serve` is cli/serve.ts.
import { resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { UserError } from '../core/errors.ts';
import { version } from '../pipelines/package-root.ts';
import { findRun } from '../pipelines/run-directory/find-run.ts';
import type { RunLayout } from '../pipelines/run-directory/layout.ts';
import { defaults, isLoopback, type ServerSettings } from './settings.ts';
import { startServer } from './start-server.ts';

export { UserError } from '../core/errors.ts';
export { defaults as defaultSettings, type ServerSettings } from './settings.ts';

export interface RunServer {
  /** Where it listens: `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Looks at the runs now. It does so by itself every two seconds. */
  refresh(): Promise<void>;
  /** Lets requests end, and closes. */
  stop(): Promise<void>;
}

export interface ServeRunsOptions {
  /** Run directories, names of runs or `latest`; every finished run under `folder` when left out. */
  readonly runs?: readonly string[];
  /** @default `runs` */
  readonly folder?: string;
  /** Modules of domains of your own, by the names of the domains: `{ 'my-science': './domain.ts' }`. */
  readonly domains?: Readonly<Record<string, string>>;
  /** What differs from the defaults: `{ port: 0 }` for any port that is free. */
  readonly settings?: Partial<ServerSettings>;
  /** False where other machines may ask without a key. @default true */
  readonly auth?: boolean;
  /** Nothing is logged without. */
  readonly log?: Logger;
}

/**
 * Listens, and answers once the runs are open.
 *
 * @throws UserError for runs that cannot be served, an address that cannot be had, or one that other machines reach without a key
 */
export async function serveRuns({
  runs = [],
  folder = 'runs',
  domains = {},
  settings: given = {},
  auth = true,
  log = pino({ level: 'silent' }),
}: ServeRunsOptions = {}): Promise<RunServer> {
  const settings = { ...defaults, ...given };
  if (auth && settings.apiKeys.length === 0 && !isLoopback(settings.host)) {
    throw new UserError({
      what: 'other machines could ask without a key',
      where: `host ${settings.host}`,
      how: 'give apiKeys, or auth: false if that is meant',
    });
  }
  const named: RunLayout[] = [];
  for (const name of runs) named.push(await findRun(name, folder));
  const { url, refresh, stop } = await startServer({
    settings,
    named,
    runs: folder,
    own: Object.entries(domains).map(([name, module]) => ({ name, from: resolve(module) })),
    log,
    version: version(),
  });
  return { url, refresh, stop };
}
