import { describe, expect, it } from 'vitest';
import { textTable, wrap } from '../../../pipelines/format/text-table.ts';

describe('textTable', () => {
  it('aligns columns, drops empty ones and leaves no space at the ends of lines', () => {
    const rows = [
      ['name', '', 'n', 'note'],
      ['é', '', '10', ''],
      ['longer', '', '5', 'x'],
    ];
    expect(textTable(rows, { right: [2], indent: ' ' })).toBe(
      ' name     n  note\n é       10\n longer   5  x\n',
    );
  });
});

describe('wrap', () => {
  it('breaks between words only', () => {
    expect(wrap('one two three', 8)).toBe('one two\nthree');
    expect(wrap('extraordinarily long', 5, '  ')).toBe('  extraordinarily\n  long');
  });
});
