// Signal and background in a table: 1 and 0, or whatever numbers or words stand for them.
import type { Codes } from './table.ts';

/** What a column of labels holds. */
export interface LabelMapping {
  readonly column: string;
  /** Values or words of signal; when left out, labels are 1 and 0. */
  readonly signal?: LabelValue | readonly LabelValue[];
  /** Values or words of background; when left out, all that are not signal. */
  readonly background?: LabelValue | readonly LabelValue[];
}

export type LabelValue = string | number;

export interface LabelReader {
  /** For the table's reader, when the labels are words. */
  readonly codes?: Codes;
  /** 1 for signal, 0 for background, undefined for anything else. */
  read(value: number): 0 | 1 | undefined;
  /** `0 or 1`, for messages. */
  readonly expected: string;
}

const listOf = (values: LabelMapping['signal']): readonly LabelValue[] =>
  values === undefined ? [] : typeof values === 'object' ? values : [values];

const other = 2;

export function labelReader({ signal, background }: LabelMapping): LabelReader {
  const [ones, zeros] = [listOf(signal), listOf(background)];
  if (ones.length === 0 && zeros.length === 0) {
    return { expected: '0 or 1', read: (value) => (value === 0 || value === 1 ? value : undefined) };
  }
  const expected = `${ones.join(', ')} (signal) or ${zeros.length === 0 ? 'another value' : zeros.join(', ')} (background)`;
  if ([...ones, ...zeros].every((value) => typeof value === 'number')) {
    return {
      expected,
      read(value) {
        if (ones.includes(value)) return 1;
        if (Number.isNaN(value) || (zeros.length > 0 && !zeros.includes(value))) return undefined;
        return 0;
      },
    };
  }
  const codes: Codes = {
    ...Object.fromEntries(ones.map((word) => [String(word), 1])),
    ...Object.fromEntries(zeros.map((word) => [String(word), 0])),
    '*': zeros.length > 0 ? other : 0,
  };
  return { codes, expected, read: (value) => (value === 0 || value === 1 ? value : undefined) };
}
