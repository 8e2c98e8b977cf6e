// The one table of what goes wrong with a request, and the status that says so. A UserError from the floors below is a bad
// request; everything that is neither is a bug.

export const statuses = {
  'bad request': 400,
  'no key': 401,
  forbidden: 403,
  'not found': 404,
  'wrong method': 405,
  'not acceptable': 406,
  'too large': 413,
  'unsupported type': 415,
  'too many requests': 429,
  bug: 500,
  busy: 503,
  'too late': 504,
} as const;

export type Kind = keyof typeof statuses;

/** A failure with its status. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;

  /**
   * @param message one line: what, where, how to mend it
   * @param index of the item that it is about, from 0, where it is about one
   */
  constructor(
    readonly kind: Kind,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly index?: number,
  ) {
    super(message);
    this.status = statuses[kind];
  }
}
