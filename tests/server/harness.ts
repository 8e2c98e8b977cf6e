// A server in this process, on runs that are made here; every answer is held to /openapi.json.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import type { Registry } from '../../domains/registry.ts';
import { runLayout } from '../../pipelines/run-directory/layout.ts';
import { defaults, type ServerSettings } from '../../server/settings.ts';
import { type RunningServer, startServer } from '../../server/start-server.ts';
import { deepfield } from '../pipelines/harness.ts';
import { Contract } from './contract.ts';
import { tryingLine } from './trying-line.ts';

export type { Registry };

export interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** The body as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever a route answers
  readonly json: any;
}

export interface TestServer {
  readonly running: RunningServer;
  /** What was logged, a line each. */
  readonly log: Record<string, unknown>[];
  /** Asks, and checks the answer against the document. */
  ask(path: string, init?: RequestInit): Promise<Asked>;
  /** Posts JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Asked>;
  stop(): Promise<void>;
}

const lineWorker = new URL('./line-worker', import.meta.url);

/** A folder for runs, which goes with the process's temporary folder. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), 'deepfield-server-'));

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Makes a run of lines whole: y = 2 x + 1 and y = 1 - x. */
export async function makeLineRun(
  out: string,
  verb: 'run' | 'train' = 'run',
  ...more: string[]
): Promise<void> {
  const settings = ['training.steps=500', 'noise=0', ...more].flatMap((one) => ['--set', one]);
  const { code, stderr } = await deepfield([verb, tryingLine.name, '--out', out, ...settings], {
    domains: [tryingLine],
  });
  if (code !== 0) throw new Error(stderr);
}

export interface TestServerOptions {
  readonly named?: readonly string[];
  readonly runs?: string;
  readonly settings?: Partial<ServerSettings>;
  readonly worker?: URL;
}

export async function startTestServer({
  named = [],
  runs = 'no-such-folder',
  settings = {},
  worker = lineWorker,
}: TestServerOptions): Promise<TestServer> {
  const log: Record<string, unknown>[] = [];
  const running = await startServer({
    settings: { ...defaults, port: 0, workers: 1, watch: 3600, ...settings },
    named: named.map(runLayout),
    runs,
    worker,
    version: '1.2.3',
    log: pino({ base: null }, { write: (line: string) => void log.push(JSON.parse(line)) }),
  });
  let contract: { readonly edition: number; readonly of: Contract } | undefined;
  const contractNow = async () => {
    const { edition } = running.service.catalogue;
    if (contract?.edition !== edition) {
      const response = await fetch(`${running.url}/openapi.json`);
      contract = {
        edition,
        of: new Contract((await response.json()) as ConstructorParameters<typeof Contract>[0]),
      };
    }
    return contract;
  };
  const ask = async (path: string, init: RequestInit = {}): Promise<Asked> => {
    const { of: document } = await contractNow();
    const response = await fetch(`${running.url}${path}`, init);
    const bytes = Buffer.from(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    const json = (): unknown => JSON.parse(bytes.toString());
    const { pathname } = new URL(path, running.url);
    if (response.status !== 204) document.check(init.method ?? 'GET', pathname, response.status, type, json);
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      get json() {
        return json();
      },
    };
  };
  return {
    running,
    log,
    ask,
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    stop: () => running.stop(),
  };
}
