// What kind a column is, by what stands in it, and why.
import { type ColumnProfile, greatestShare, presentIn } from './column-profile.ts';
import type { ColumnKind, ColumnSchema } from './schema.ts';

/** Share of numbers above which the rest counts as slips. */
const mostly = 0.99;
/** Words of a category that are told apart. */
const mostCategories = 50;
/** Rows that a word needs for that. */
const leastRows = 5;
/** Share of one value from which a column is hardly worth looking at. */
const nearlyConstant = 0.995;

export interface InferredColumn extends ColumnSchema {
  /** A sentence for whoever reads what was inferred; empty for nothing special. */
  readonly why: string;
}

const idName = /(^|[_\s-])(id|uid|uuid|guid|key|index|nr|no)$|(?<=[a-z])(Id|ID)$|^unnamed: ?\d+$/i;

/** Whether a column numbers or names the rows, or whom they belong to. */
export function looksLikeId(profile: ColumnProfile): boolean {
  const { name, values, integers, numbers, rising } = profile;
  const present = presentIn(profile);
  const unique = values.size === present && present > 20;
  const whole = integers === present;
  if (idName.test(name) && (whole || numbers === 0) && values.size > 20) return true;
  if (unique && whole && rising && present === profile.rows) return true;
  return (
    unique &&
    numbers === 0 &&
    profile.dates === 0 &&
    profile.letters <= 40 &&
    !/\s/.test([...values.keys()][0])
  );
}

/** The words of a category: the frequent ones, numbers in their order and others by the alphabet. */
export function categoriesOf({ values }: ColumnProfile): string[] {
  const frequent = [...values].filter(([, count]) => count >= leastRows);
  const kept = (frequent.length > 0 ? frequent : [...values]).slice(0, mostCategories).map(([word]) => word);
  return inOrder(kept);
}

/** Numbers by size, other words by their letters. */
export const inOrder = (words: readonly string[]): string[] => {
  const numeric = words.every((word) => Number.isFinite(Number(word)));
  return [...words].sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : Number(a > b)));
};

const percent = (share: number): string => `${(100 * share).toPrecision(3)} %`;

/** A column of the given kind. */
export function columnOf(profile: ColumnProfile, kind: ColumnKind, why = ''): InferredColumn {
  const { name } = profile;
  return { name, kind, ...(kind === 'category' ? { categories: categoriesOf(profile) } : {}), why };
}

export function inferColumn(profile: ColumnProfile): InferredColumn {
  const { values, numbers, dates, letters } = profile;
  const present = presentIn(profile);
  const as = (kind: ColumnKind, why = '') => columnOf(profile, kind, why);
  if (present === 0) return as('ignore', 'all values are missing');
  if (values.size === 1 && profile.missing === 0) return as('ignore', 'one value throughout');
  if (looksLikeId(profile)) {
    return as(
      'ignore',
      values.size === present ? 'looks like the name of a row' : 'looks like a name that several rows have',
    );
  }
  const rare =
    greatestShare(profile) >= nearlyConstant ? `${percent(greatestShare(profile))} have one value` : '';
  if (numbers >= mostly * present) {
    const slips = present - numbers;
    const { cell = '' } = profile.firstText ?? {};
    return as(
      'number',
      slips > 0
        ? `${slips} cells are no numbers (${JSON.stringify(cell.slice(0, 20))}) and count as missing`
        : rare,
    );
  }
  if (dates >= mostly * present) return as('date', rare);
  const free =
    values.size > 1000 || values.size > 0.5 * present || (letters > 40 && values.size > mostCategories);
  if (free && values.size > 10)
    return as('ignore', `free text, ${values.size.toLocaleString('en')} different`);
  const named = categoriesOf(profile).length;
  return as(
    'category',
    values.size > named ? `${values.size - named} rare words of ${values.size} count as one` : rare,
  );
}
