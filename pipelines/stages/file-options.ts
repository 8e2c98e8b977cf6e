// The options of a domain's predictions for files, checked: whoever asks calls them as it likes, flags or parameters of a query.
import type { Domain } from '../../domains/domain.ts';
import { checkedValues } from '../config/checked-values.ts';

export interface OptionNames {
  /** How the person who asks calls a key: `--pixel-scale`. */
  nameOf(key: string): string;
  readonly how: string;
}

/** @throws UserError for a value that the domain does not take; undefined where it has no options */
export const fileOptions = (
  { predict }: Domain,
  given: Readonly<Record<string, unknown>>,
  { nameOf, how }: OptionNames,
): unknown =>
  predict.files === undefined ? undefined : checkedValues(predict.files.options, given, nameOf, how);
