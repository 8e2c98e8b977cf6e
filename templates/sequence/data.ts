// The adapter: a table of dated events and one of labels become sequences of numbers. Edit it for your own files.
import { join } from 'node:path';
import { type RandomStream, UserError } from 'deepfield';
import { Dataset, describeFile, openCells, type Provenance } from 'deepfield/data-adapters';
import type { Config } from './network.ts';

/** What happened to one person or thing, oldest first. */
export interface History {
  readonly who: string;
  readonly events: readonly { readonly day: number; readonly what: string }[];
  /** Where it is known. */
  readonly label?: string;
}

const day = 24 * 60 * 60 * 1000;

/** Rows of a table by columns that it must have. @throws UserError for one that it lacks */
async function readColumns(path: string, columns: readonly string[]): Promise<string[][]> {
  const table = await openCells(path, { header: true });
  const lacking = columns.find((name) => !table.columns.includes(name));
  if (lacking !== undefined)
    throw new UserError({ what: `has no column ${lacking}`, where: path, how: `give ${columns.join(', ')}` });
  const all: string[][] = [];
  for await (const { rows } of table.blocks())
    for (const cells of rows) all.push(columns.map((name) => cells[table.columns.indexOf(name)]));
  return all;
}

/** Histories of a table with the columns who, when and what. @throws UserError for a date that is none */
export async function readEvents(path: string): Promise<History[]> {
  const histories = new Map<string, { day: number; what: string }[]>();
  for (const [i, [who, when, what]] of (await readColumns(path, ['who', 'when', 'what'])).entries()) {
    const time = Date.parse(when);
    if (Number.isNaN(time)) {
      const told = `row ${i + 1} has ${JSON.stringify(when)} in when, expected a date`;
      throw new UserError({ what: told, where: path, how: 'write it as 2024-01-31' });
    }
    const events = histories.get(who) ?? [];
    events.push({ day: time / day, what });
    histories.set(who, events);
  }
  return [...histories].map(([who, events]) => ({ who, events: events.sort((a, b) => a.day - b.day) }));
}

/** events.csv and labels.csv (who, label) of a folder. Histories without a label are left out. @throws UserError */
export async function readFolder(folder: string): Promise<History[]> {
  const labels = new Map<string, string>();
  for (const [who, label] of await readColumns(join(folder, 'labels.csv'), ['who', 'label']))
    labels.set(who, label);
  return (await readEvents(join(folder, 'events.csv'))).flatMap((history) => {
    const label = labels.get(history.who);
    return label === undefined ? [] : [{ ...history, label }];
  });
}

const generated = ['visit', 'fever', 'rash', 'cough', 'test', 'drug'] as const;
/** How often the rule that makes the labels holds. */
export const certainty = 0.9;

/** Whether the last fever came after the last rash. */
export const feverLast = ({ events }: History): boolean => {
  const last = (what: string): number => events.map((event) => event.what).lastIndexOf(what);
  return last('fever') > last('rash');
};

/**
 * Events on random days. The label is `ill`, in 9 of 10 cases, where the last fever came after the last rash, which order alone tells:
 * how often things happened says nothing.
 */
export function generate(count: number, random: RandomStream): History[] {
  return Array.from({ length: count }, (_, i) => {
    const others = Array.from(
      { length: 6 + random.integer(10) },
      () => generated[random.integer(generated.length)],
    );
    const all = random.shuffle([...others, 'fever', 'rash']);
    let now = 0;
    const events = all.map((what) => {
      now += 1 + random.integer(60);
      return { day: now, what };
    });
    const history = { who: `p${i + 1}`, events };
    const ill = feverLast(history) === random.uniform() < certainty;
    return { ...history, label: ill ? 'ill' : 'well' };
  });
}

/** Numbers of the last `length` events, [length], and days since the one before, with zeros in front of a short history. */
export function numbersOf({ events }: History, length: number, numberOf: (what: string) => number) {
  const codes = new Int32Array(length);
  const gaps = new Float32Array(length);
  const first = Math.max(0, events.length - length);
  for (let i = first; i < events.length; i++) {
    const at = length - events.length + i;
    codes[at] = numberOf(events[i].what);
    gaps[at] = i === 0 ? 0 : events[i].day - events[i - 1].day;
  }
  return { codes, gaps };
}

/**
 * The dataset of labelled histories, divided at random. Codes count from 1 into `codes` of its provenance. All histories belong to the
 * test split where `purpose` is evaluation.
 *
 * @throws UserError when there are too few, or labels of one kind alone
 */
export function toDataset(
  histories: readonly History[],
  provenance: Provenance,
  { config, random, purpose }: { config: Config; random: RandomStream; purpose: 'training' | 'evaluation' },
): Dataset {
  const words = (all: readonly (string | undefined)[]): string[] =>
    [...new Set(all.map((word) => word ?? ''))].sort();
  const classes = words(histories.map(({ label }) => label));
  if (purpose === 'training' && (histories.length < 20 || classes.length < 2)) {
    const what = `has ${histories.length} labelled histories of ${classes.length} classes, expected 20 of 2 or more`;
    throw new UserError({ what, where: provenance.source, how: 'see that who is the same in both tables' });
  }
  const names = words(histories.flatMap(({ events }) => events.map((event) => event.what)));
  const numbers = new Map(names.map((name, k) => [name, k + 1]));
  const { length } = config;
  const codes = new Int32Array(histories.length * length);
  const gaps = new Float32Array(codes.length);
  histories.forEach((history, i) => {
    const row = numbersOf(history, length, (what) => numbers.get(what) ?? 0);
    codes.set(row.codes, i * length);
    gaps.set(row.gaps, i * length);
  });
  const order = random.split('split').permutation(histories.length);
  const shares = purpose === 'evaluation' ? [1, 0] : [config.test, config.validation];
  const [test, validation] = shares.map((share) => Math.round(share * histories.length));
  return new Dataset(
    {
      codes: { data: codes, shape: [length] },
      gaps: { data: gaps, shape: [length] },
      label: { data: Int32Array.from(histories, ({ label = '' }) => classes.indexOf(label)), shape: [] },
    },
    {
      test: order.slice(0, test).sort(),
      validation: order.slice(test, test + validation).sort(),
      train: order.slice(test + validation).sort(),
    },
    { ...provenance, classes, codes: names },
  );
}

/** Where a folder's events came from, for the report. */
export const provenanceOf = async (folder: string): Promise<Provenance> => ({
  kind: 'files',
  source: folder,
  files: [await describeFile(join(folder, 'events.csv')), await describeFile(join(folder, 'labels.csv'))],
  notes: [],
});
