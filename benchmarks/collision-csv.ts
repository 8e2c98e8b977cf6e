// A CSV file like UCI's HIGGS.csv: 29 columns of 18 digits behind the point, 8 GB for 11 million rows; a block of 20,000
// random rows over and over.
import { closeSync, openSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { RandomStream } from '../core/random.ts';

const columns = 29;
const blockRows = 20_000;
/** Share of the free disk that the file may take. */
const share = 0.8;

/** As C's %.18e, which UCI's files were written with. */
const cell = (value: number): string =>
  Math.fround(value)
    .toExponential(18)
    .replace(/e([+-])(\d)$/, 'e$10$2');

function block(): Buffer {
  const random = new RandomStream('collisions');
  const lines: string[] = [];
  for (let row = 0; row < blockRows; row++) {
    const cells = [cell(random.uniform() < 0.53 ? 1 : 0)];
    for (let column = 1; column < columns; column++) {
      // b-tags of UCI's set take three values; the rest spreads over signs and sizes.
      if (column % 4 === 1 && column > 8 && column < 22)
        cells.push(cell([0, 1.0865380764007568, 2.1730761528015137][row % 3]));
      else
        cells.push(cell(column % 2 === 0 ? (random.uniform() - 0.5) * 4 : -Math.log(1 - random.uniform())));
    }
    lines.push(cells.join(','));
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** Writes so many rows, or as many as the disk bears. @returns how many, and their bytes */
export function writeCollisions(path: string, rows: number): { rows: number; bytes: number } {
  const bytes = block();
  const { bavail, bsize } = statfsSync(dirname(path));
  const room = Math.floor((share * bavail * bsize) / bytes.length);
  const blocks = Math.max(1, Math.min(Math.round(rows / blockRows), room));
  const file = openSync(path, 'w');
  for (let i = 0; i < blocks; i++) writeSync(file, bytes);
  closeSync(file);
  return { rows: blocks * blockRows, bytes: blocks * bytes.length };
}
