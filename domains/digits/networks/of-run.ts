// Which networks of a run do what, by their ids, in the order of the settings.
import type { DigitsConfig } from '../config.ts';
import { columnId, componentsId, isColumn } from './names.ts';

const among = (ids: readonly string[], wanted: readonly string[]): string[] =>
  wanted.filter((id) => ids.includes(id));

/** Autoencoders, then principal components. */
export const coderIds = ({ autoencoders, components }: DigitsConfig, ids: readonly string[]): string[] =>
  among(ids, [...autoencoders.map(({ name }) => name), ...components.map(componentsId)]);

/** Classifiers, then the columns of the committee. */
export const classifierIds = ({ classifiers, committee }: DigitsConfig, ids: readonly string[]): string[] =>
  among(ids, [
    ...classifiers.map(({ name }) => name),
    ...Array.from({ length: committee.columns }, (_, i) => columnId(i)),
  ]);

/** Those that are asked what a digit is: the committee, or the first classifier where there is none. */
export function askedIds(config: DigitsConfig, ids: readonly string[]): string[] {
  const all = classifierIds(config, ids);
  const columns = all.filter(isColumn);
  return columns.length > 0 ? columns : all.slice(0, 1);
}

/** The one that says how strange an image is: the first autoencoder. */
export const judgeId = ({ autoencoders }: DigitsConfig, ids: readonly string[]): string | undefined =>
  autoencoders.map(({ name }) => name).find((name) => ids.includes(name));
