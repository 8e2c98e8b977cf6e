// The one kind of error that a user's mistake raises: a bad flag, file, row or request. Everything else that is
// thrown is a bug. A UserError is shown as a single line and never with a stack trace; see the CLI's and the
// server's own handlers for exit code 2 and HTTP 4xx.

/** The parts of a {@link UserError}'s line. */
export interface UserErrorParts {
  /** What is wrong, as a clause without a full stop: `temperature is not a number`. */
  what: string;
  /** Where: file, row, column, field, flag. Left out when `what` already says it. */
  where?: string;
  /** How to mend it, as an imperative clause: `give temperatures > 0`. */
  how?: string;
  /** The error that was met, kept for `--verbose`. */
  cause?: unknown;
}

/**
 * A user's mistake, in one line: `<where>: <what>; <how>`.
 *
 * @example throw new UserError({ what: 'row 7 has 3 columns, expected 101', where: 'spins.csv', how: 'give L*L spins and a temperature' });
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly what: string;
  readonly where: string | undefined;
  readonly how: string | undefined;

  constructor({ what, where, how, cause }: UserErrorParts) {
    const line = `${where === undefined ? '' : `${where}: `}${what}${how === undefined ? '' : `; ${how}`}`;
    super(line.replace(/\s*\n\s*/g, ' '), { cause });
    this.what = what;
    this.where = where;
    this.how = how;
  }
}
