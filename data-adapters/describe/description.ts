// What a file is said to be, by those who look at it and know no domain.

export interface Description {
  /** `NumPy array`, `FITS`, `CSV, gzipped`. */
  readonly format: string;
  /** What is in it, a line each: shapes, columns, HDUs. */
  readonly lines: readonly string[];
}

export const countText = (n: number): string => n.toLocaleString('en');

export const filesText = (count: number): string => `${countText(count)} file${count === 1 ? '' : 's'}`;

/** `3 columns: a, b, c`, the first dozen of many. */
export function listText(names: readonly string[], noun: string): string {
  const shown = names.slice(0, 12).join(', ');
  const more = names.length > 12 ? `, ... ${names.at(-1)}` : '';
  return `${countText(names.length)} ${noun}${names.length === 1 ? '' : 's'}: ${shown}${more}`;
}

export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a single number' : shape.map(countText).join(' x ');
