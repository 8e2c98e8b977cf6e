// Settings that a domain infers from data, for those that can: what `deepfield fit` asks before it runs them. Whatever is
// inferred can be said by a hint instead.

/** What somebody says of a table; each is a flag of `deepfield fit`. */
export interface InferenceHints {
  /** Column that is to be predicted. */
  readonly target?: string;
  readonly task?: 'classification' | 'regression';
  /** Classes in their order; rows of others are left out. */
  readonly classes?: readonly string[];
  /** Of two classes the one to be found. */
  readonly positive?: string;
  /** Column whose equal values belong together. */
  readonly group?: string;
  /** Columns by kind. */
  readonly number?: readonly string[];
  readonly category?: readonly string[];
  readonly date?: readonly string[];
  readonly ignore?: readonly string[];
  /** Words that stand for a missing value besides the usual ones. */
  readonly missing?: readonly string[];
}

export interface Inferred {
  /** Laid over the preset, under `--config` and `--set`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What was found, a line each. */
  readonly summary: readonly string[];
  /** What each column was taken for: a head and rows. */
  readonly table: readonly (readonly string[])[];
  /** What looks wrong, a line each. */
  readonly warnings: readonly string[];
}
