// The rows of a table as bytes, read in pieces.
import { type FitsBytes, readBytes } from '../fits-bytes.ts';
import { damaged } from '../fits-error.ts';
import type { HduInFile } from '../hdu.ts';

const pieceBytes = 4 * 1024 * 1024;

/** Some rows of a table. */
export interface Rows {
  readonly first: number;
  readonly count: number;
  readonly bytes: Buffer;
}

/** Rows `first` ... `first + count - 1`, some at a time. @throws UserError when the file does not hold them */
export async function* readRows(
  bytes: FitsBytes,
  hdu: HduInFile,
  first: number,
  count: number,
): AsyncGenerator<Rows> {
  const width = hdu.fileHeader.integer('NAXIS1');
  checkRows(bytes, hdu, first + count);
  const most = Math.max(1, Math.floor(pieceBytes / Math.max(1, width)));
  for (let row = first; row < first + count; row += most) {
    const some = Math.min(most, first + count - row);
    yield {
      first: row,
      count: some,
      bytes: await readBytes(bytes, hdu.dataStart + row * width, some * width),
    };
  }
}

/** @throws UserError when the first `rows` rows are not all in the file, before memory is taken for them */
export function checkRows(bytes: FitsBytes, { fileHeader, dataStart, where }: HduInFile, rows: number): void {
  const width = fileHeader.integer('NAXIS1');
  if (width === 0 && rows > 1_000_000) throw damaged(where, `has ${rows} rows of no bytes`);
  if (dataStart + rows * width > bytes.size) {
    throw damaged(
      where,
      `is truncated: ${rows} rows of ${width} bytes end at byte ${dataStart + rows * width}, the file at ${bytes.size}`,
    );
  }
}
