// Random groups, the data of radio interferometers before binary tables: each group is an array with some parameters
// before it. FITS standard 4.0, section 6.
import { type FitsBytes, readBytes } from './fits-bytes.ts';
import { damaged } from './fits-error.ts';
import type { HduInFile } from './hdu.ts';
import { toPhysical } from './physical.ts';
import { bytesOf, newPixels, type Pixels, swapOrder, viewPixels } from './pixel-types.ts';

/** Random groups. */
export interface Groups {
  /** Groups first, then the axes of each one's array, in C order. */
  readonly shape: readonly number[];
  readonly data: Pixels;
  /** PTYPEn and the values, one a group: PZEROn + PSCALn x stored. */
  readonly parameters: readonly { readonly name: string; readonly data: Float64Array }[];
}

/** They are read at once, and become up to eight times as long. */
const mostBytes = 2 ** 29;

/** @throws UserError when the file does not hold them */
export async function readGroups(bytes: FitsBytes, hdu: HduInFile): Promise<Groups> {
  const { fileHeader: header, shape, where, dataStart, dataBytes } = hdu;
  const physical = hdu.physical!;
  const width = bytesOf(physical.stored);
  if (dataStart + dataBytes > bytes.size) {
    throw damaged(
      where,
      `is truncated: its groups end at byte ${dataStart + dataBytes}, the file at ${bytes.size}`,
    );
  }
  if (dataBytes > mostBytes) throw damaged(where, `has ${dataBytes} bytes of groups`, 'split the file');
  const [count, ...axes] = shape;
  const before = header.integer('PCOUNT', { absent: 0 });
  const pixels = axes.reduce((a, b) => a * b, 1);
  const raw = await readBytes(bytes, dataStart, dataBytes);
  swapOrder(raw, width);
  const stored = viewPixels(physical.stored, raw);
  const parameters = Array.from({ length: Math.min(before, 999) }, (_, n) => {
    const scale = header.number(`PSCAL${n + 1}`) ?? 1;
    const zero = header.number(`PZERO${n + 1}`) ?? 0;
    const at = (group: number): number => Number(stored[group * (before + pixels) + n]);
    return {
      name: header.string(`PTYPE${n + 1}`) ?? `parameter${n + 1}`,
      data: Float64Array.from({ length: count }, (_, group) => at(group) * scale + zero),
    };
  });
  const arrays = newPixels(physical.stored, count * pixels) as Float64Array<ArrayBuffer>;
  // Empty arrays can be any number of groups.
  for (let group = 0; pixels > 0 && group < count; group++) {
    const start = group * (before + pixels) + before;
    arrays.set(stored.subarray(start, start + pixels) as Float64Array, group * pixels);
  }
  return { shape, data: toPhysical(arrays, physical), parameters };
}
