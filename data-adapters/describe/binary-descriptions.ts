// Arrays, images and archives in words, from their headers.

import { readStart } from '../formats/byte-source.ts';
import { openFits } from '../formats/fits/index.ts';
import { readIdxShape } from '../formats/idx.ts';
import { longestHeader, readNpyHeader } from '../formats/npy-header.ts';
import { openNpz } from '../formats/npz.ts';
import { readPictureHeader } from '../formats/picture-header.ts';
import { fileSource } from '../formats/source-file.ts';
import { openZip } from '../formats/zip.ts';
import { countText, type Description, filesText, shapeText } from './description.ts';

/** HDUs and entries that are listed; of more the number is told. */
const mostListed = 12;

function listed(lines: readonly string[], noun: string): string[] {
  if (lines.length <= mostListed) return [...lines];
  return [...lines.slice(0, mostListed), `and ${countText(lines.length - mostListed)} ${noun} more`];
}

export async function describeNpy(path: string): Promise<Description> {
  const source = await fileSource(path);
  const { shape, descr } = readNpyHeader(await readStart(source, longestHeader + 12), path);
  return { format: 'NumPy array', lines: [`${shapeText(shape)}, ${descr}`] };
}

export async function describeZip(path: string): Promise<Description> {
  const archive = await openZip(path);
  try {
    if (!archive.entries.some((entry) => entry.path.endsWith('.npy'))) {
      const files = archive.entries.map((entry) => `${entry.path}: ${countText(entry.size)} bytes`);
      return {
        format: 'zip archive',
        lines: [filesText(files.length), ...listed(files, 'files')],
      };
    }
  } finally {
    await archive.close();
  }
  const arrays = await openNpz(path);
  try {
    const lines = arrays.entries.map(({ key, shape, descr }) => `${key}: ${shapeText(shape)}, ${descr}`);
    return { format: 'NumPy arrays', lines: listed(lines, 'arrays') };
  } finally {
    await arrays.close();
  }
}

export async function describeFits(path: string): Promise<Description> {
  const file = await openFits(path);
  try {
    const lines = file.hdus.map(({ index, name, kind, shape, dtype }) => {
      const what =
        kind === 'empty'
          ? 'header alone'
          : kind.endsWith('table')
            ? `${kind.replace('-', ' ')} of ${countText(shape[0])} rows`
            : `${kind.replace('-', ' ')} of ${shapeText(shape)}, ${dtype ?? 'of no type that is read'}`;
      return `HDU ${index}${name === '' ? '' : ` ${name}`}: ${what}`;
    });
    return { format: 'FITS', lines: listed(lines, 'HDUs') };
  } finally {
    await file.close();
  }
}

export async function describeIdx(path: string): Promise<Description> {
  return { format: 'IDX', lines: [shapeText(await readIdxShape(path))] };
}

export async function describePicture(path: string): Promise<Description> {
  const { format, width, height, channels } = await readPictureHeader(path);
  return {
    format: `picture (${format})`,
    lines: [`${width} x ${height} px, ${channels} channel${channels === 1 ? '' : 's'}`],
  };
}
