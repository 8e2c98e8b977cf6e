// Rows of small images as one PNG, each enlarged by a whole factor.
import sharp from 'sharp';
import type { StoredImage } from '../evaluation/curves.ts';

/** Pixels across a cell, about. */
const cellSize = 56;
/** Pixels between cells. */
const gap = 4;

/** @throws RangeError when there is no image */
export async function pictureRows(rows: readonly (readonly StoredImage[])[]): Promise<Uint8Array> {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  if (columns === 0) throw new RangeError('pictureRows: expected an image at least');
  const pitch = cellSize + gap;
  const cells = rows.flatMap((row, y) =>
    row.map(async ({ width, height, bytes }, x) => ({
      input: await sharp(Buffer.from(bytes, 'base64'), { raw: { width, height, channels: 1 } })
        .resize(cellSize, Math.round((cellSize * height) / width), { kernel: 'nearest' })
        .png()
        .toBuffer(),
      left: gap + x * pitch,
      top: gap + y * pitch,
    })),
  );
  const canvas = sharp({
    create: {
      width: gap + columns * pitch,
      height: gap + rows.length * pitch,
      channels: 3,
      background: '#ffffff',
    },
  });
  const painted = canvas.composite(await Promise.all(cells)).png({ compressionLevel: 9 });
  return new Uint8Array(await painted.toBuffer());
}
