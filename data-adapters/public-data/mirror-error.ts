// Why one address did not give a file. It is the user's to see only when every other address has failed too.
import { UserError } from '../../core/errors.ts';

export interface MirrorErrorParts {
  /** `answers 404 Not Found`. */
  readonly what: string;
  readonly url: string;
  /** Whether the same address may do better at another time. */
  readonly again: boolean;
  /** Of an answer over HTTP. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** An address without user and password. */
export function bareUrl(url: string): string {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

/** An address without its query either, in which a key may stand. */
const shownUrl = (url: string): string => bareUrl(url).replace(/\?.*$/, '');

export class MirrorError extends UserError {
  readonly again: boolean;
  readonly status: number | undefined;

  constructor({ what, url, again, status, cause }: MirrorErrorParts) {
    super({ what, where: shownUrl(url), how: 'check the address, or try again later', cause });
    this.again = again;
    this.status = status;
  }
}
