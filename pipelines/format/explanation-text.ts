// An explanation for a terminal: paragraphs, tables in columns, and what the plots show in words.
import type { Explanation } from '../../domains/explanation.ts';
import { textTable, wrap } from './text-table.ts';

/** Characters of a line. */
const width = 100;

/** Columns of numbers, which are aligned to the right. */
const numeric = (rows: readonly (readonly string[])[]): number[] =>
  (rows[0] ?? []).flatMap((_, i) => (rows.every((row) => /^[-+\d.,]*$/.test(row[i])) ? [i] : []));

/** The text of an explanation. Plots are named with their captions: a page draws them. */
export function explanationText({ title, sections }: Explanation): string {
  const parts = sections.map(({ title: heading, text, tables = [], plots = [] }) =>
    [
      `${heading}\n`,
      ...text.map((paragraph) => `${wrap(paragraph, width, '  ')}\n`),
      ...tables.map(
        ({ title: name, head, rows }) =>
          `  ${name}\n${textTable([head, ...rows], { right: numeric(rows), indent: '    ' })}`,
      ),
      ...plots.map(
        ({ title: name, caption }) =>
          `${wrap(`Plot (--html <file> draws it): ${name}. ${caption}`, width, '  ')}\n`,
      ),
    ].join('\n'),
  );
  return `${title}\n${'='.repeat(title.length)}\n\n${parts.join('\n')}`;
}
