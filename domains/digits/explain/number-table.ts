// Numbers as the tables of the explanations show them.
import type { ExplanationTable } from '../../explanation.ts';

/** A whole number with commas: `60,000`. */
export const whole = (value: number): string => value.toLocaleString('en-US');

/** A grid of numbers, its rows and columns counted from 1. */
export function grid(title: string, rows: readonly (readonly number[])[]): ExplanationTable {
  return {
    title,
    head: ['', ...rows[0].map((_, i) => `${i + 1}`)],
    rows: rows.map((row, i) => [`${i + 1}`, ...row.map(String)]),
  };
}

/** Rows of `width` numbers. */
export const inRows = (values: ArrayLike<number>, width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, y) =>
    Array.from({ length: width }, (_, x) => values[y * width + x]),
  );
