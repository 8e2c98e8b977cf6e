// The options of a domain's predictions for files, checked: whoever asks calls them as it likes, flags or parameters of a query.
import { UserError } from '../../core/errors.ts';
import type { Domain } from '../../domains/domain.ts';
import { configKeys } from '../config/config-keys.ts';

export interface OptionNames {
  /** How the person who asks calls a key: `--pixel-scale`. */
  nameOf(key: string): string;
  readonly how: string;
}

/** @throws UserError for a value that the domain does not take; undefined where it has no options */
export function fileOptions(
  { predict }: Domain,
  given: Readonly<Record<string, unknown>>,
  { nameOf, how }: OptionNames,
): unknown {
  const parsed = predict.files?.options.safeParse(given);
  if (parsed === undefined || parsed.success) return parsed?.data;
  const keys = predict.files === undefined ? [] : configKeys(predict.files.options);
  const [issue] = parsed.error.issues;
  const key = keys.find(({ path }) => path === String(issue.path[0]));
  throw new UserError({
    what:
      key === undefined || issue.code === 'custom'
        ? issue.message
        : `expected ${key.type}, got ${JSON.stringify(given[key.path])}`,
    where: key === undefined ? undefined : nameOf(key.path),
    how,
  });
}
