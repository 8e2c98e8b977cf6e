// What a worker has to say to one request: the body of its answer, or of the user's mistake.
import { UserError } from '../../core/errors.ts';
import { statuses } from '../http-error.ts';
import { jsonType } from '../send-json.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Rows or items that were looked at. */
  readonly rows: number;
  /** Stack of an error that is nobody's mistake; the body is then made by who knows the request's id. */
  readonly bug?: string;
}

const jsonHeaders = { 'content-type': jsonType } as const;

export const answeredJson = (value: unknown, rows: number, status = 200): Answered => ({
  status,
  headers: jsonHeaders,
  body: Buffer.from(JSON.stringify(value)),
  rows,
});

/** The result of `work`, or the answer to the mistake that it met. Bugs are thrown on. */
export async function attempt<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly result: T } | { readonly mistake: Answered }> {
  try {
    return { result: await work() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { mistake: answeredJson({ error: error.message }, 0, statuses['bad request']) };
  }
}
