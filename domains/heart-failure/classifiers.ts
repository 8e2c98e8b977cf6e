// The classifiers of a window: networks of one kind and input, trained from several seeds, are one.
import type { Window } from '../../data-adapters/heart-failure/cohort.ts';
import { type NetworkName, parseNetworkId } from './network-id.ts';
import { isSequenceKind, kindText, networkKinds, representationText } from './networks/kinds.ts';

export interface Classifier extends Omit<NetworkName, 'member'> {
  readonly ids: readonly string[];
}

/** Windows that networks are for, in the order of their ids. */
export function windowsOf(ids: readonly string[]): Window[] {
  const windows = new Map<string, Window>();
  for (const id of ids) {
    const name = parseNetworkId(id);
    if (name)
      windows.set(`${name.observation} ${name.gap}`, { observation: name.observation, gap: name.gap });
  }
  return [...windows.values()];
}

/** From the simplest kind to the strongest, those of the learning curve left out. */
export function classifiersOf(ids: readonly string[], window: Window): Classifier[] {
  const found = new Map<string, NetworkName & { ids: string[] }>();
  for (const id of ids) {
    const name = parseNetworkId(id);
    if (name === undefined || name.share !== 100) continue;
    if (name.observation !== window.observation || name.gap !== window.gap) continue;
    const key = `${name.kind} ${name.representation} ${name.timed}`;
    const known = found.get(key);
    if (known) known.ids.push(id);
    else found.set(key, { ...name, ids: [id] });
  }
  const rank = ({ kind }: NetworkName): number => networkKinds.indexOf(kind);
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

/** The classifier that a window is judged by: the last of the strongest kind that there is. */
export const leadingClassifier = (classifiers: readonly Classifier[]): Classifier =>
  classifiers[classifiers.length - 1];

/** `GRU`, with what distinguishes it from others of its kind. */
export function classifierLabel(classifier: Classifier, among: readonly Classifier[]): string {
  const { kind, representation, timed } = classifier;
  const several = <K extends keyof Classifier>(key: K): boolean =>
    new Set(among.filter((other) => isSequenceKind(other.kind) === isSequenceKind(kind)).map((c) => c[key]))
      .size > 1;
  const parts = [
    kindText[kind],
    ...(several('representation') ? [representationText[representation]] : []),
    ...(isSequenceKind(kind) && several('timed') ? [timed ? 'with durations' : 'without durations'] : []),
  ];
  return parts.join(', ');
}

/** `12 months, gap 6`. */
export function windowText({ observation, gap }: Window): string {
  const months = (days: number): string => String(Math.round(days / 30.4));
  return `${months(observation)} months${gap > 0 ? `, ${months(gap)} ahead` : ''}`;
}

export const windowId = ({ observation, gap }: Window): string => `${observation}-gap-${gap}`;
