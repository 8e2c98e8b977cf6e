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

/** Different values up to which whole numbers that might be dates are no dates. */
const mostDigits = 10;

export interface InferredColumn extends ColumnSchema {
  /** A sentence for whoever reads what was inferred; empty for nothing special. */
  readonly why: string;
}

const idName = /(^|[_\s-])(id|uid|uuid|guid|key|index|nr|no)$|(?<=[a-z])(Id|ID)$|^unnamed: ?\d+$/i;

/** Of somebody who may have several rows. */
const ownerName = /^(patient|subject|person|participant|animal|mouse|donor|user|customer)s?$/i;

/** Whether a column numbers or names the rows, or whom they belong to. */
export function looksLikeId(profile: ColumnProfile): boolean {
  const { name, values, integers, numbers, rising } = profile;
  const present = presentIn(profile);
  const unique = values.size === present && present > 20;
  const named = idName.test(name) || ownerName.test(name);
  if (named && numbers === integers && values.size > 20) return true;
  if (unique && integers === present && rising && present === profile.rows) return true;
  const word = profile.letters <= 40 && !/\s/.test([...values.keys()][0] ?? ' ');
  return unique && numbers < present / 2 && profile.dates === 0 && word;
}

/** Whether those names stand in several rows each. */
export const namesRepeat = (profile: ColumnProfile): boolean =>
  profile.values.size < 0.9 * presentIn(profile);

/** The words of a category: the frequent ones, numbers in their order and others by the alphabet. */
function categoriesOf({ values }: ColumnProfile): string[] {
  const frequent = [...values].filter(([, count]) => count >= leastRows);
  const kept = (frequent.length > 0 ? frequent : [...values]).slice(0, mostCategories).map(([word]) => word);
  return inOrder(kept);
}

/** Numbers by size, other words by their letters. */
export const inOrder = (words: readonly string[]): string[] => {
  const numeric = words.every((word) => Number.isFinite(Number(word)));
  return [...words].sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : Number(a > b)));
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

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
      namesRepeat(profile) ? 'looks like a name that several rows have' : 'looks like the name of a row',
    );
  }
  const rare =
    greatestShare(profile) >= nearlyConstant ? `${percent(greatestShare(profile))} have one value` : '';
  const dated = dates >= mostly * present && (numbers === 0 || values.size > mostDigits);
  if (dated) return as('date', rare);
  const coded = profile.zeroLed > 0 && profile.integers >= mostly * present;
  if (numbers >= mostly * present && !coded) {
    const slips = present - numbers;
    const { cell = '' } = profile.firstText ?? {};
    return as(
      'number',
      slips > 0
        ? `${slips} ${slips === 1 ? 'cell is no number' : 'cells are no numbers'} (${JSON.stringify(cell.slice(0, 20))}) and count${slips === 1 ? 's' : ''} as missing`
        : rare,
    );
  }
  const free =
    values.size > 1000 || values.size > 0.5 * present || (letters > 40 && values.size > mostCategories);
  if (free && values.size > 10) {
    const what = coded ? 'codes with leading zeros' : 'free text';
    return as('ignore', `${what}, ${values.size.toLocaleString('en')} different`);
  }
  const named = categoriesOf(profile).length;
  const codes = coded ? 'numbers with leading zeros, taken for words' : '';
  const merged =
    values.size > named ? `${values.size - named} of ${values.size} words are rare and count as one` : rare;
  return as('category', [codes, merged].filter((text) => text !== '').join('; '));
}
