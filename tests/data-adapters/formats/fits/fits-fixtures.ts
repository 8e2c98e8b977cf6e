// FITS files made by hand, for tests that need one that no writer would write.
import { createHash } from 'node:crypto';
import type { FitsFile, Pixels } from '../../../../data-adapters/formats/fits/index.ts';

/** A card of `KEYWORD = value`, the value as it shall stand. */
export const card = (keyword: string, value: string | number): string =>
  `${keyword.padEnd(8)}= ${String(value).padStart(20)}`;

/** A header of these lines and END, in whole blocks. */
export function headerBytes(lines: readonly string[]): Buffer {
  const text = [...lines, 'END'].map((line) => line.padEnd(80)).join('');
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1');
}

/** Header, data and padding. */
export function hduBytes(lines: readonly string[], data: Uint8Array = new Uint8Array()): Buffer {
  const rest = (2880 - (data.length % 2880)) % 2880;
  return Buffer.concat([headerBytes(lines), data, new Uint8Array(rest)]);
}

/** Cards of a primary image. */
export const imageCards = (bitpix: number, axes: readonly number[]): string[] => [
  card('SIMPLE', 'T'),
  card('BITPIX', bitpix),
  card('NAXIS', axes.length),
  ...axes.map((size, d) => card(`NAXIS${d + 1}`, size)),
];

/** SHA-256 of the values as float64, little-endian, with one and the same NaN. */
export function fingerprint(data: Pixels): string {
  const canonical = (value: number): number => (Number.isNaN(Number(value)) ? Number.NaN : Number(value));
  const values = Float64Array.from(data as Float64Array, canonical);
  return createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
}

/** Everything that can be read of a file. */
export async function readEverything(file: FitsFile): Promise<void> {
  for (const hdu of file.hdus) {
    if (hdu.kind === 'image' || hdu.kind === 'compressed-image') await file.readImage(hdu);
    if (hdu.kind === 'table' || hdu.kind === 'ascii-table') await file.readTable(hdu);
    if (hdu.kind === 'groups') await file.readGroups(hdu);
  }
}
