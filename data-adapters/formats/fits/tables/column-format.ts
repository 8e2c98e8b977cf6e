// Columns of binary tables: TFORMn and what goes with it. FITS standard 4.0, section 7.3.
import { damaged, quoted } from '../fits-error.ts';
import type { FitsHeader } from '../header.ts';
import type { PixelType } from '../pixel-types.ts';

/** One letter of TFORMn: logical, bits, integers, characters, reals, complex. */
export type Code = 'L' | 'X' | 'B' | 'I' | 'J' | 'K' | 'A' | 'E' | 'D' | 'C' | 'M';

/** Bytes of one element; bits count separately. */
export const codeBytes: Readonly<Record<Code, number>> = {
  L: 1,
  X: 1,
  B: 1,
  I: 2,
  J: 4,
  K: 8,
  A: 1,
  E: 4,
  D: 8,
  C: 8,
  M: 16,
};

/** Numbers that an element is stored as; complex ones are pairs. */
export const codeTypes: Readonly<Partial<Record<Code, PixelType>>> = {
  B: 'uint8',
  I: 'int16',
  J: 'int32',
  K: 'int64',
  E: 'float32',
  D: 'float64',
  C: 'float32',
  M: 'float64',
};

/** A column of a binary table. */
export interface ColumnFormat {
  /** From 1, as in TTYPEn. */
  readonly number: number;
  readonly name: string;
  readonly unit: string;
  /** TFORMn. */
  readonly format: string;
  readonly code: Code;
  /** Elements of a cell; 0 or 1 descriptors for one of variable length. */
  readonly repeat: number;
  /** P or Q for cells of variable length, which stand in the heap. */
  readonly descriptor: 'P' | 'Q' | undefined;
  /** First byte within a row, and bytes. */
  readonly start: number;
  readonly bytes: number;
  /** TDIMn, the last axis first, as the shape of a C-order cell; undefined when there is none. */
  readonly dimensions: readonly number[] | undefined;
}

const pattern = /^\s*(\d*)([LXBIJKAEDCMPQ])([LXBIJKAEDCM]?)/i;
const dimensionPattern = /^\s*\(([\d\s,]+)\)\s*$/;

/** Bytes of `count` elements. */
export const elementBytes = (code: Code, count: number): number =>
  code === 'X' ? Math.ceil(count / 8) : count * codeBytes[code];

/** TDIMn, where it fits the cell; others are ignored, as the standard's readers do. */
function readDimensions(header: FitsHeader, number: number, repeat: number): number[] | undefined {
  const found = dimensionPattern.exec(header.string(`TDIM${number}`) ?? '')?.[1];
  if (found === undefined) return undefined;
  const sizes = found.split(',').map(Number).reverse();
  return sizes.reduce((a, b) => a * b, 1) === repeat ? sizes : undefined;
}

function readColumn(header: FitsHeader, number: number, start: number): ColumnFormat {
  const { where } = header;
  const format = header.string(`TFORM${number}`);
  if (format === undefined) throw damaged(where, `has no TFORM${number}`);
  const [, count, letter, element] = pattern.exec(format) ?? [];
  const isPointer = letter !== undefined && /[PQ]/i.test(letter);
  if (letter === undefined || (isPointer && element === '')) {
    throw damaged(where, `TFORM${number} is ${quoted(format)}, which is no format of a column`);
  }
  const code = (isPointer ? element : letter).toUpperCase() as Code;
  const repeat = count === '' ? 1 : Number(count);
  const descriptor = isPointer ? (letter.toUpperCase() as 'P' | 'Q') : undefined;
  if (isPointer && repeat > 1)
    throw damaged(where, `TFORM${number} is ${quoted(format)}, expected 0 or 1 ${letter}`);
  const bytes = isPointer ? repeat * (descriptor === 'P' ? 8 : 16) : elementBytes(code, repeat);
  return {
    number,
    name: header.string(`TTYPE${number}`) ?? `col${number}`,
    unit: header.string(`TUNIT${number}`) ?? '',
    format,
    code,
    repeat,
    descriptor,
    start,
    bytes,
    dimensions: isPointer ? undefined : readDimensions(header, number, repeat),
  };
}

/** The columns that a header describes. @throws UserError when one has no format, or they are wider than a row */
export function readColumns(header: FitsHeader): ColumnFormat[] {
  const count = header.integer('TFIELDS');
  if (count > 999) throw damaged(header.where, `TFIELDS is ${count}, expected 0 to 999`);
  const width = header.integer('NAXIS1');
  const columns: ColumnFormat[] = [];
  let start = 0;
  for (let number = 1; number <= count; number++) {
    const column = readColumn(header, number, start);
    columns.push(column);
    start += column.bytes;
    if (start > width) {
      throw damaged(
        header.where,
        `its columns take ${start} bytes up to TFORM${number} = ${quoted(column.format)}, its rows have ${width}`,
      );
    }
  }
  return columns;
}
