// What one cell of somebody's table stands for: nothing, a number, a day.
import { parseNumber } from '../formats/number-rows.ts';

/** Words that tables write for a value that is missing, in lower case. */
const missingWords = ['', 'na', 'n/a', '#n/a', 'nan', 'null', 'none', 'nil', '?', '-', '.'] as const;

const missing: ReadonlySet<string> = new Set(missingWords);

export const isMissing = (cell: string): boolean => missing.has(cell) || missing.has(cell.toLowerCase());

const truths: Readonly<Record<string, number>> = { true: 1, false: 0 };

/** The number that a cell is: decimal, or `true` and `false` as 1 and 0; undefined when it is none, infinite ones too. */
export function numberOf(cell: string): number | undefined {
  const value = parseNumber(cell) ?? truths[cell.toLowerCase()];
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

const iso =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/;

const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/;

const day = 86_400_000;

/**
 * Days since 1970-01-01 of a date as ISO 8601 writes it (`2024-01-31`, `20240131`), with its time of day where it has one; zones are
 * not looked at.
 */
export function daysOf(cell: string): number | undefined {
  const match = iso.exec(cell) ?? compact.exec(cell);
  if (match === null) return undefined;
  const [year, month, date, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const time = Date.UTC(year, month - 1, date, hour, minute, second);
  const back = new Date(time);
  const real = back.getUTCMonth() === month - 1 && back.getUTCDate() === date && hour < 25;
  return real ? time / day : undefined;
}
