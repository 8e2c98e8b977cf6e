// Tries something in a child process. A driver that is missing or too old may end the process that loads it instead of
// answering with an error.
import { execFile } from 'node:child_process';

/** What the child answered, or why there is no answer, in one line. */
export type Answer<T> = { readonly value: T } | { readonly failure: string };

/** A first start of a driver may build its cache of shaders. */
const PATIENCE = 30_000;

/**
 * Runs CommonJS code in a Node process of its own.
 *
 * @param code sees its arguments as `process.argv.slice(1)`, must print its answer as JSON in a last line of stdout
 * @param environment added to this process's own
 */
export function askChild<T>(
  code: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const options = {
      env: { ...process.env, ...environment },
      timeout: PATIENCE,
      killSignal: 'SIGKILL' as const,
      maxBuffer: 2 ** 24,
    };
    execFile(process.execPath, ['-e', code, ...parameters], options, (error, stdout, stderr) => {
      if (error) return resolve({ failure: failureOf(error, stderr) });
      try {
        resolve({ value: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T });
      } catch {
        resolve({ failure: 'it gave no answer' });
      }
    });
  });
}

interface ChildError extends Error {
  readonly killed?: boolean;
  readonly signal?: string | null;
}

function failureOf({ killed, signal }: ChildError, stderr: string): string {
  if (killed) return `it did not answer within ${PATIENCE / 1000} s`;
  if (signal) return `its driver ended the process (${signal})`;
  const thrown = stderr.split('\n').find((line) => /^\w*Error\b.*:/.test(line));
  return thrown === undefined ? 'it ended the process' : shortened(thrown);
}

/** The last sentence of an error of ONNX Runtime, without the source line that it came from. */
const shortened = (message: string): string =>
  message
    .replace(/^\w*Error:\s*/, '')
    .replace(/^\/\S+:\d+ .* was false\.\s*/, '')
    .trim();
