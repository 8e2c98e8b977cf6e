// Brings a server up, which is not ready until its runs are described, keeps its catalogue fresh, and takes it down in order: it stops listening, lets what was begun end, and
// ends its workers.
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { UserError } from '../core/errors.ts';
import type { OwnDomain } from '../pipelines/own-domains/own-domain.ts';
import type { RunLayout } from '../pipelines/run-directory/layout.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import { createApp } from './create-app.ts';
import { Inference } from './inference/inference.ts';
import { openWorkers } from './inference/worker-pool.ts';
import { listen } from './listen.ts';
import { Metrics } from './metrics.ts';
import { ByteGauge } from './middleware/byte-gauge.ts';
import { memoryBody } from './middleware/memory-body.ts';
import { repeat } from './repeat.ts';
import type { Service } from './service.ts';
import type { ServerSettings } from './settings.ts';

export interface ServerOptions {
  readonly settings: ServerSettings;
  /** Run directories; every finished run under `runs` when there are none. */
  readonly named: readonly RunLayout[];
  readonly runs?: string;
  /** Domains of the user's own, besides those of the program. */
  readonly own?: readonly OwnDomain[];
  readonly log: Logger;
  readonly version: string;
  /** Module of the worker threads, without its extension. */
  readonly worker?: URL;
}

export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly service: Service;
  /** Looks at the runs now. */
  refresh(): Promise<void>;
  /** Drains and ends it. */
  stop(): Promise<void>;
}

const defaultWorker = new URL('./worker/main', import.meta.url);

/** Files of the greatest size that there is room for on disk. */
const uploadsAtOnce = 8;

/** Milliseconds for the headers and for the whole of a request to arrive: longer than any client that means it. */
const timeouts = { headersTimeout: 20_000, requestTimeout: 300_000, keepAliveTimeout: 10_000 };

/** @throws UserError when the address cannot be had, or a run that was named cannot be served */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { settings, named, runs = 'runs', own = [], log, version, worker = defaultWorker } = options;
  const server = createServer(timeouts);
  const url = await listen(server, settings);
  const folder = mkdtempSync(join(tmpdir(), 'deepfield-serve-'));
  const pool = openWorkers(
    worker,
    settings.workers,
    () => {
      metrics.workerRestarts.inc();
      log.warn('a worker ended and is replaced');
    },
    own,
  );
  const inference = new Inference(pool, settings, () => metrics);
  let first = true;
  const catalogue = new Catalogue({
    named,
    runs,
    describe: (run) => pool.run({ kind: 'describe', run }),
    onChange({ root, error }) {
      if (error === undefined) log.info({ run: root }, 'run is served');
      else if (first && named.length > 0) throw error;
      else if (error instanceof UserError) log.warn({ run: root, why: error.message }, 'run is not served');
      else log.error({ run: root, err: error }, 'run is not served');
    },
  });
  const metrics = new Metrics({
    queued: () => inference.queue.queued,
    running: () => inference.queue.running,
    models: () => catalogue.networkCount,
  });
  const service: Service = {
    settings,
    catalogue,
    inference,
    metrics,
    log,
    version,
    folder,
    readBody: memoryBody({ settings, inference, metrics }),
    uploads: new ByteGauge(uploadsAtOnce * settings.maxUpload * 2 ** 20, () => {
      metrics.refused.inc({ why: 'disk' });
    }),
    draining: false,
  };
  // Nothing has been waited for since it listens: no request has come without this.
  server.on('request', createApp(service));
  const end = async (): Promise<void> => {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  };

  /** Every worker opens the newest run of each domain, so that no request waits for that. */
  const warm = async (): Promise<void> => {
    for (const domain of catalogue.domains) {
      const { run } = catalogue.version(domain);
      await Promise.all(Array.from({ length: settings.workers }, () => pool.run({ kind: 'open', run })));
    }
  };
  let edition = -1;
  const refresh = async (): Promise<void> => {
    await catalogue.refresh();
    if (catalogue.edition === edition) return;
    edition = catalogue.edition;
    await warm();
  };

  try {
    await refresh();
    first = false;
    const watch = repeat(
      () => refresh().catch((error: unknown) => log.error({ err: error }, 'the runs could not be looked at')),
      settings.watch,
    );
    return {
      url,
      service,
      refresh,
      async stop() {
        service.draining = true;
        watch.stop();
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        // Connections that are kept alive become idle one by one, as their last answers are sent.
        const idle = setInterval(() => server.closeIdleConnections(), 50);
        const late = setTimeout(() => server.closeAllConnections(), settings.drain * 1000);
        await closed;
        clearInterval(idle);
        clearTimeout(late);
        await end();
      },
    };
  } catch (error) {
    server.close();
    server.closeAllConnections();
    await end();
    throw error;
  }
}
