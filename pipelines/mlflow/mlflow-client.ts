// An MLflow tracking server by its REST API (mlflow.org, "REST API", version 2.0): the few calls that a run needs. How the server is
// reached is said by the environment variables of MLflow's own clients.
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The server's answer that something went wrong. */
export class MlflowError extends Error {
  override readonly name = 'MlflowError';

  /** @param code `RESOURCE_DOES_NOT_EXIST`, ...; empty where the answer is not MLflow's */
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** What is read of the answers. */
const answers = {
  error: z.object({ error_code: z.string(), message: z.string() }),
  nothing: z.object({}),
  found: z.object({ experiment: z.object({ experiment_id: z.string() }) }),
  made: z.object({ experiment_id: z.string() }),
  run: z.object({ run: z.object({ info: z.object({ run_id: z.string() }) }) }),
};

/** JSON, or undefined for what is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Call<T> {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
  readonly signal: AbortSignal;
}

/** Milliseconds that one call may take. */
const mostWait = 10_000;

/** MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or those of the address. */
function authorization(url: URL, env: Environment): Record<string, string> {
  if (env.MLFLOW_TRACKING_TOKEN) return { authorization: `Bearer ${env.MLFLOW_TRACKING_TOKEN}` };
  const user = env.MLFLOW_TRACKING_USERNAME ?? decodeURIComponent(url.username);
  const password = env.MLFLOW_TRACKING_PASSWORD ?? decodeURIComponent(url.password);
  if (user === '' && password === '') return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

export class MlflowClient {
  /** Address of the server, without a password. */
  readonly address: string;
  private readonly headers: Readonly<Record<string, string>>;

  /** @throws MlflowError when MLFLOW_TRACKING_URI is no address of http or https */
  constructor(uri: string, env: Environment) {
    const url = URL.canParse(uri) ? new URL(uri) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol))
      throw new MlflowError('expected the address of a server, as http://127.0.0.1:5000', '');
    this.headers = { 'content-type': 'application/json', ...authorization(url, env) };
    this.address = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  }

  /**
   * Calls one of `2.0/mlflow/...`.
   *
   * @param signal ends the call before its time
   * @throws MlflowError in the server's words; whatever `fetch` throws when there is no server
   */
  private async call<T>(path: string, { query, body, answer, signal }: Call<T>): Promise<T> {
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    const response = await fetch(`${this.address}/api/2.0/mlflow/${path}${search}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: this.headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(mostWait)]),
    });
    const json = parsed(await response.text());
    if (response.ok) {
      const { success, data } = answer.safeParse(json);
      if (success) return data;
      throw new MlflowError('its answers are not those of MLflow', '');
    }
    const { success, data } = answers.error.safeParse(json);
    if (!success) throw new MlflowError(`it answers ${response.status}`, '');
    throw new MlflowError(data.message.split('\n')[0].slice(0, 200), data.error_code);
  }

  /** The id of an experiment, which is made where there is none. */
  async experiment(name: string, signal: AbortSignal): Promise<string> {
    const find = async (): Promise<string> => {
      const query = { experiment_name: name };
      const answer = answers.found;
      return (await this.call('experiments/get-by-name', { query, answer, signal })).experiment.experiment_id;
    };
    try {
      return await find();
    } catch (error) {
      if (!(error instanceof MlflowError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
    }
    try {
      const answer = answers.made;
      return (await this.call('experiments/create', { body: { name }, answer, signal })).experiment_id;
    } catch (error) {
      // Another run of the same sweep was quicker.
      if (error instanceof MlflowError && error.code === 'RESOURCE_ALREADY_EXISTS') return find();
      throw error;
    }
  }

  /** @returns the id of the new run */
  async createRun(run: CreateRun, signal: AbortSignal): Promise<string> {
    return (await this.call('runs/create', { body: run, answer: answers.run, signal })).run.info.run_id;
  }

  async updateRun(run: UpdateRun, signal: AbortSignal): Promise<void> {
    await this.call('runs/update', { body: run, answer: answers.nothing, signal });
  }

  /** At most 1000 metrics and 100 parameters. */
  async logBatch(batch: LogBatch, signal: AbortSignal): Promise<void> {
    await this.call('runs/log-batch', { body: batch, answer: answers.nothing, signal });
  }
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

interface CreateRun {
  readonly experiment_id: string;
  readonly run_name: string;
  /** Milliseconds since 1970, as all times are. */
  readonly start_time: number;
  readonly tags: readonly Entry[];
}

export type MlflowStatus = 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';

interface UpdateRun {
  readonly run_id: string;
  readonly status: MlflowStatus;
  readonly end_time?: number;
}

export interface MlflowMetric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

interface LogBatch {
  readonly run_id: string;
  readonly metrics?: readonly MlflowMetric[];
  readonly params?: readonly Entry[];
}
