// What a page shows of an output beside what was printed. Lines are compared in order, spaces between words as one; `...` on a
// line of its own stands for any lines, within a line for any text. The shown may begin and end anywhere in the printed.

export interface Tolerance {
  /** A number stands for any number, as those of another size of run or of another machine. */
  readonly anyNumber: boolean;
}

const number = /[-+−]?(\d+(,\d{3})*(\.\d+)?|\.\d+)(e[-+]?\d+)?/g;

function normal(line: string, { anyNumber }: Tolerance): string {
  const plain = line.trim().replace(/\s+/g, ' ');
  return anyNumber ? plain.replace(number, '#') : plain;
}

function sameLine(shown: string, printed: string): boolean {
  if (!shown.includes('...')) return shown === printed;
  const parts = shown.split('...').map((part) => part.trim());
  let at = 0;
  for (const [i, part] of parts.entries()) {
    const found =
      i === parts.length - 1 && part !== '' ? printed.lastIndexOf(part) : printed.indexOf(part, at);
    if (found < at || (i === 0 && found !== 0)) return false;
    at = found + part.length;
  }
  return parts.at(-1) === '' || at === printed.length;
}

/** @returns the first line that was not printed where it is shown, or nothing when all were */
export function firstDifference(shown: string, printed: string, tolerance: Tolerance): string | undefined {
  const split = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
  const actual = split(printed).map((line) => normal(line, tolerance));
  const groups: { raw: string; line: string }[][] = [[]];
  for (const raw of split(shown)) {
    if (raw.trim() === '...') groups.push([]);
    else groups.at(-1)?.push({ raw, line: normal(raw, tolerance) });
  }
  let from = 0;
  for (const group of groups) {
    let best = 0;
    let found = -1;
    for (let at = from; at + group.length <= actual.length && found < 0; at++) {
      let same = 0;
      while (same < group.length && sameLine(group[same].line, actual[at + same])) same++;
      if (same === group.length) found = at;
      best = Math.max(best, same);
    }
    if (found < 0) return group[best].raw;
    from = found + group.length;
  }
  return undefined;
}
