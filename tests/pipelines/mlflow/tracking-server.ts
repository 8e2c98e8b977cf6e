// A tracking server as MLflow's own answers (mlflow.org, "REST API"; mlflow/utils/validation.py for what it refuses), for tests: it keeps
// what it is sent, and every exchange.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

export interface TrackedRun {
  readonly experiment: string;
  readonly name: string;
  readonly tags: Record<string, string>;
  status: string;
  end?: number;
  readonly params: Map<string, string>;
  readonly metrics: Metric[];
}

export interface TrackingServer {
  readonly uri: string;
  /** `POST runs/create`, in their order. */
  readonly calls: string[];
  readonly authorizations: Set<string | undefined>;
  readonly experiments: Map<string, string>;
  readonly runs: Map<string, TrackedRun>;
  /** Answers every call so, or never, where it is set. */
  refuse?: { readonly status: number; readonly body: string } | 'silence';
  /** Called before each answer. */
  before?: (call: string) => void;
  close(): Promise<void>;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const requireName = (key: string): void => {
  const sound =
    /^[/\w.\- ]+$/.test(key) && !/^\/|\/\/|\/$|(^|\/)\.{1,2}(\/|$)/.test(key) && key.length <= 250;
  if (!sound) throw new Refusal(400, 'INVALID_PARAMETER_VALUE', `Invalid name: '${key}'`);
};

const requireAtMost = (what: string, most: number, count: number): void => {
  if (count > most)
    throw new Refusal(400, 'INVALID_PARAMETER_VALUE', `at most ${most} ${what}, got ${count}`);
};

type Body = Record<string, unknown>;
interface Entry {
  readonly key: string;
  readonly value: string;
}

export async function trackingServer(): Promise<TrackingServer> {
  const experiments = new Map<string, string>();
  const runs = new Map<string, TrackedRun>();
  const runOf = (body: Body): TrackedRun => {
    const run = runs.get(String(body.run_id));
    if (run === undefined)
      throw new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', `Run '${body.run_id}' not found`);
    return run;
  };
  const answers: Record<string, (body: Body, query: URLSearchParams) => unknown> = {
    'GET experiments/get-by-name': (_, query) => {
      const name = query.get('experiment_name') ?? '';
      const id = experiments.get(name);
      if (id === undefined)
        throw new Refusal(404, 'RESOURCE_DOES_NOT_EXIST', `Could not find experiment '${name}'`);
      return { experiment: { experiment_id: id, name, lifecycle_stage: 'active' } };
    },
    'POST experiments/create': ({ name }) => {
      if (experiments.has(String(name)))
        throw new Refusal(400, 'RESOURCE_ALREADY_EXISTS', `Experiment '${name}' already exists.`);
      experiments.set(String(name), `${experiments.size + 1}`);
      return { experiment_id: experiments.get(String(name)) };
    },
    'POST runs/create': ({ experiment_id, run_name, tags }) => {
      const id = `run${runs.size + 1}`;
      for (const { key } of tags as Entry[]) requireName(key);
      runs.set(id, {
        experiment: String(experiment_id),
        name: String(run_name),
        tags: Object.fromEntries((tags as Entry[]).map(({ key, value }) => [key, value])),
        status: 'RUNNING',
        params: new Map(),
        metrics: [],
      });
      return { run: { info: { run_id: id } } };
    },
    'POST runs/update': (body) => {
      const run = runOf(body);
      run.status = String(body.status);
      run.end = body.end_time as number | undefined;
      return { run_info: {} };
    },
    'POST runs/log-batch': (body) => {
      const run = runOf(body);
      const { metrics = [], params = [] } = body as { metrics?: Metric[]; params?: Entry[] };
      requireAtMost('metrics', 1000, metrics.length);
      requireAtMost('params', 100, params.length);
      requireAtMost('entities', 1000, metrics.length + params.length);
      for (const { key, value } of params) {
        requireName(key);
        if (run.params.has(key))
          throw new Refusal(400, 'INVALID_PARAMETER_VALUE', `${key} is logged already`);
        requireAtMost('characters', 500, value.length);
        run.params.set(key, value);
      }
      for (const metric of metrics) {
        requireName(metric.key);
        const { value, timestamp, step } = metric;
        if (typeof value !== 'number' || !Number.isInteger(timestamp) || !Number.isInteger(step))
          throw new Refusal(400, 'INVALID_PARAMETER_VALUE', `Got invalid value for metric '${metric.key}'`);
        run.metrics.push(metric);
      }
      return {};
    },
  };
  const made: Omit<TrackingServer, 'uri' | 'close'> & Partial<Pick<TrackingServer, 'refuse' | 'before'>> = {
    calls: [],
    authorizations: new Set(),
    experiments,
    runs,
  };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://here');
      const call = `${request.method} ${url.pathname.replace('/api/2.0/mlflow/', '')}`;
      made.calls.push(call);
      made.authorizations.add(request.headers.authorization);
      made.before?.(call);
      const send = (status: number, body: string): void => {
        response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body);
      };
      if (made.refuse === 'silence') return;
      if (made.refuse !== undefined) return send(made.refuse.status, made.refuse.body);
      const answer = answers[call];
      if (answer === undefined) return send(404, '<html>not found</html>');
      try {
        const text = Buffer.concat(chunks).toString();
        requireAtMost('bytes', 1e6, text.length);
        send(200, JSON.stringify(answer(text === '' ? {} : (JSON.parse(text) as Body), url.searchParams)));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        send(error.status, JSON.stringify({ error_code: error.code, message: error.message }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(made, {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
