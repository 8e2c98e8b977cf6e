// Plain text in columns for a terminal.

export interface TableOptions {
  /** Numbers of the columns that are aligned to the right. */
  readonly right?: readonly number[];
  /** Put before every line. */
  readonly indent?: string;
}

/** Width in a terminal of text without wide characters; combining marks take none. */
const widthOf = (text: string): number => [...text.normalize('NFC')].length;

/** Rows of cells as aligned lines, two spaces between columns; columns that are empty throughout are left out. */
export function textTable(
  rows: readonly (readonly string[])[],
  { right = [], indent = '' }: TableOptions = {},
): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    Math.max(...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  const lines = rows.map((row) => {
    const cells = widths.flatMap((width, i) => {
      if (width === 0) return [];
      const cell = row[i] ?? '';
      const space = ' '.repeat(width - widthOf(cell));
      return [right.includes(i) ? space + cell : cell + space];
    });
    return (indent + cells.join('  ')).trimEnd();
  });
  return `${lines.join('\n')}\n`;
}

/** Breaks text between words into lines of at most `width` characters. */
export function wrap(text: string, width = 88, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => indent + each).join('\n');
}
