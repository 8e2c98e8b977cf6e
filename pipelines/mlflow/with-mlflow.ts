// Shows a run in MLflow while it is worked on, where MLFLOW_TRACKING_URI names a server. No training waits for that server or fails
// by it: what goes wrong is told in one line, once, and what could not be sent is sent later, at the end, or when the run is resumed.
import type { Run } from '../stages/run.ts';
import type { Work } from '../stages/work.ts';
import { type Environment, MlflowClient } from './mlflow-client.ts';
import { RunMirror } from './run-mirror.ts';

/** Milliseconds between two looks at what is new. */
const sendEvery = 10_000;

/** Milliseconds that the end may take: of work that is done, and of work that was stopped. */
const [mostAtEnd, mostWhenStopped] = [60_000, 5000];

function words(error: unknown): string {
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : undefined;
  return (why === undefined ? message : `${message} (${why})`).replace(/\s*\n\s*/g, ' ');
}

/**
 * Does `work`, and sends what it leaves in the run directory every ten seconds and at the end.
 *
 * @param env MLFLOW_TRACKING_URI, and MLFLOW_EXPERIMENT_NAME, by default the domain's name; see {@link MlflowClient} for the others
 */
export async function withMlflow<T>(
  run: Run,
  { signal, log }: Pick<Work, 'signal' | 'log'>,
  env: Environment,
  work: () => Promise<T>,
): Promise<T> {
  const uri = env.MLFLOW_TRACKING_URI;
  if (uri === undefined || uri === '') return work();
  let told = false;
  const warn = (error: unknown): void => {
    if (!told) log(`MLFLOW_TRACKING_URI: ${words(error)}; the run goes on without it`);
    told = true;
  };
  let mirror: RunMirror;
  try {
    mirror = new RunMirror(run, new MlflowClient(uri, env), env.MLFLOW_EXPERIMENT_NAME || run.domain.name);
  } catch (error) {
    warn(error);
    return work();
  }
  const ending = new AbortController();
  /** Whether it came through. */
  let sending: Promise<boolean> | undefined;
  const send = (): void => {
    sending ??= mirror
      .send(ending.signal)
      .then(() => true)
      .catch((error: unknown) => {
        if (!ending.signal.aborted) warn(error);
        return false;
      })
      .finally(() => {
        sending = undefined;
      });
  };
  send();
  const timer = setInterval(send, sendEvery);
  const end = async (status: 'FINISHED' | 'FAILED' | 'KILLED'): Promise<void> => {
    clearInterval(timer);
    const limit = AbortSignal.timeout(status === 'KILLED' ? mostWhenStopped : mostAtEnd);
    limit.addEventListener('abort', () => ending.abort(limit.reason), { once: true });
    // A server that lets calls wait is not waited for twice.
    if ((await sending) === false) return;
    await mirror.end(status, limit).catch(warn);
  };
  try {
    const result = await work();
    await end('FINISHED');
    return result;
  } catch (error) {
    await end(signal.aborted ? 'KILLED' : 'FAILED');
    throw error;
  }
}
