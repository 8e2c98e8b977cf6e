import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { openDigits } from '../../../data-adapters/digits/open-digits.ts';
import { idx } from './idx-bytes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'digits-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, bytes: Uint8Array | string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
};

/** Pixels that tell their place: image, row and column. */
const images = (count: number, side = 3): number[] =>
  Array.from({ length: count * side * side }, (_, i) => i % 251);

function putSet(prefix: string, { train = [5, 0, 4], test = [7, 2], zip = true } = {}): void {
  const zipped = (bytes: Uint8Array): Uint8Array => (zip ? gzipSync(bytes) : bytes);
  const end = zip ? '.gz' : '';
  for (const [split, labels] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    put(
      `${prefix}${split}-images-idx3-ubyte${end}`,
      zipped(idx(8, [labels.length, 3, 3], images(labels.length))),
    );
    put(`${prefix}${split}-labels-idx1-ubyte${end}`, zipped(idx(8, [labels.length], labels)));
  }
}

const refusal = async (source: string, named: string): Promise<string> => {
  const error = await openDigits(source).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).toContain(named);
  expect(message).not.toContain('\n');
  return message;
};

describe('IDX files', () => {
  it.each([true, false])('reads the four files of a folder, gzipped: %s', async (zip) => {
    putSet('', { zip });
    const { train, test, classes, width, height, files, notes } = await openDigits(folder);
    expect([...train!.labels!]).toEqual([5, 0, 4]);
    expect([...train!.pixels]).toEqual(images(3));
    expect([...test!.labels!]).toEqual([7, 2]);
    expect([train!.count, test!.count, width, height]).toEqual([3, 2, 3, 3]);
    expect(classes).toEqual([...'0123456789']);
    expect(files.map(({ path }) => basename(path).replace('.gz', ''))).toEqual([
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
      't10k-images-idx3-ubyte',
      't10k-labels-idx1-ubyte',
    ]);
    expect(notes).toEqual([]);
  });

  it('turns the images of EMNIST and lets its letters count from 0', async () => {
    putSet('emnist-letters-', { train: [1, 26], test: [2] });
    const { train, test, classes, notes } = await openDigits(join(folder, 'emnist-letters-'));
    expect(classes).toHaveLength(26);
    expect([...train!.labels!, ...test!.labels!].map((label) => classes[label])).toEqual(['A', 'Z', 'B']);
    // Rows were columns.
    expect([...train!.pixels.subarray(0, 9)]).toEqual([0, 3, 6, 1, 4, 7, 2, 5, 8]);
    expect(notes.join()).toMatch(/column by column.*count from 1/);
  });

  it('knows the classes of Fashion-MNIST by the name of its folder', async () => {
    const own = join(folder, 'fashion-mnist');
    mkdirSync(own);
    putSet('fashion-mnist/');
    const { classes, train } = await openDigits(own);
    expect(classes[train!.labels![0]]).toBe('sandal');
  });

  it('asks which of several sets is meant, and reads the one that is named', async () => {
    putSet('');
    putSet('emnist-digits-');
    expect(await refusal(folder, folder)).toMatch(/several sets: .*emnist-digits-/);
    expect((await openDigits(join(folder, 'emnist'))).train!.count).toBe(3);
  });

  it('reads one file, with labels beside it or without', async () => {
    const path = put('mine-images.idx', idx(8, [2, 4, 5], images(2, 4).concat(images(1, 4)).slice(0, 40)));
    const alone = await openDigits(path);
    expect([alone.width, alone.height, alone.train!.count]).toEqual([5, 4, 2]);
    expect(alone.train!.labels).toBeUndefined();
    expect(alone.notes).toEqual(['mine-images.idx has no labels file beside it']);
    put('mine-labels.idx', idx(8, [2], [3, 1]));
    expect([...(await openDigits(path)).train!.labels!]).toEqual([3, 1]);
    const test = put('t10k-images-idx3-ubyte', idx(8, [1, 3, 3], images(1)));
    expect((await openDigits(test)).test!.count).toBe(1);
  });

  it('takes the class of labels with several columns, as QMNIST has them', async () => {
    put('train-images-idx3-ubyte', idx(8, [2, 3, 3], images(2)));
    put('train-labels-idx2-int', idx(12, [2, 3], [4, 100, 200, 9, 7, 7]));
    expect([...(await openDigits(folder)).train!.labels!]).toEqual([4, 9]);
  });

  it.each([
    ['labels of other length', 'train-labels-idx1-ubyte', idx(8, [2], [1, 2]), /2 labels, expected 3/],
    [
      'a label out of range',
      'train-labels-idx1-ubyte',
      idx(8, [3], [1, 10, 2]),
      /label 1 is 10, expected 0 to 9/,
    ],
    ['images for labels', 'train-labels-idx1-ubyte', idx(8, [3, 1, 1], [1, 2, 3]), /3 axes, expected labels/],
    [
      'labels for images',
      'train-images-idx3-ubyte',
      idx(8, [3], [1, 2, 3]),
      /axes 3, expected images x rows/,
    ],
    [
      'numbers that are no bytes',
      'train-images-idx3-ubyte',
      idx(13, [3, 1, 1], [1, 2, 3]),
      /holds float32 numbers/,
    ],
    ['no images', 'train-images-idx3-ubyte', idx(8, [0, 3, 3], []), /holds no images/],
    [
      'test images of another size',
      't10k-images-idx3-ubyte',
      idx(8, [2, 2, 2], images(2, 2)),
      /2 x 2 px, those of/,
    ],
    ['a file that is none', 't10k-images-idx3-ubyte', Buffer.from('<html>'), /is no IDX file/],
  ])('refuses %s', async (_, name, bytes, expected) => {
    putSet('', { zip: false });
    const path = put(name, bytes);
    expect(await refusal(folder, path)).toMatch(expected);
  });

  it('refuses a source that is not there with what is near', async () => {
    putSet('');
    expect(await refusal(join(folder, 'emnist-'), 'emnist-')).toMatch(/no such file/);
  });
});

/** A bright bar on black or the reverse, its column telling pictures apart. */
async function bar(
  column: number,
  { side = 28, ink = 255, paper = 0 }: { side?: number; ink?: number; paper?: number } = {},
): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side, paper);
  for (let y = Math.floor(side / 5); y < side - side / 5; y++) pixels[y * side + column] = ink;
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .png()
    .toBuffer();
}

describe('pictures', () => {
  it('reads folders of classes below train and test, as they are at 28 x 28 px', async () => {
    put('train/0/a.png', await bar(3));
    put('train/1/b.png', await bar(4));
    put('train/1/c.png', await bar(5));
    put('test/1/d.png', await bar(6));
    const { train, test, classes, notes, files } = await openDigits(folder);
    expect(classes).toEqual(['0', '1']);
    expect([...train!.labels!, ...test!.labels!]).toEqual([0, 1, 1, 1]);
    const columns = [train!.pixels, test!.pixels].flatMap((pixels) =>
      Array.from({ length: pixels.length / 784 }, (_, i) => pixels.subarray(i * 784 + 14 * 28).indexOf(255)),
    );
    expect(columns).toEqual([3, 4, 5, 6]);
    expect(notes).toEqual([]);
    expect(files).toHaveLength(4);
  });

  it('takes the class from the name, or from labels.csv', async () => {
    put('7_0001.png', await bar(3));
    put('2-0001.png', await bar(3));
    const named = await openDigits(folder);
    expect([...named.train!.labels!].map((label) => named.classes[label])).toEqual(['2', '7']);
    put('labels.csv', 'label,file\ncat,7_0001.png\ndog,2-0001.png\n');
    const told = await openDigits(folder);
    expect([...told.train!.labels!].map((label) => told.classes[label])).toEqual(['dog', 'cat']);
  });

  it('leaves labels out where nothing tells them', async () => {
    put('scan.png', await bar(3));
    const { train, classes, notes } = await openDigits(folder);
    expect(train!.labels).toBeUndefined();
    expect(classes).toEqual([]);
    expect(notes.join()).toMatch(/neither folders nor names/);
  });

  it('makes all of them as MNIST was when their sizes are mixed', async () => {
    put('0/a.png', await bar(3));
    put('1/b.png', await bar(30, { side: 61, ink: 0, paper: 255 }));
    const { train, notes } = await openDigits(folder);
    // A bar of any size is 20 px high and as wide as its aspect says, one pixel at least, in the middle.
    for (const start of [0, 784]) {
      expect(
        train!.pixels.subarray(start, start + 784).filter((value) => value > 0).length,
      ).toBeLessThanOrEqual(40);
      expect(train!.pixels[start + 14 * 28 + 14]).toBe(255);
    }
    expect(notes.join()).toMatch(/cropped to their ink/);
  });

  it('inverts pictures that are dark on bright', async () => {
    put('0/a.png', await bar(3, { ink: 0, paper: 255 }));
    const { train, notes } = await openDigits(folder);
    expect([train!.pixels[0], train!.pixels[14 * 28 + 3]]).toEqual([0, 255]);
    expect(notes.join()).toMatch(/inverted/);
  });

  it('refuses, by name, a picture that is damaged, blank or of no class, and a folder without any', async () => {
    expect(await refusal(folder, folder)).toMatch(/neither IDX files nor pictures/);
    put('0/a.png', await bar(3));
    const stray = put('b.png', await bar(3));
    expect(await refusal(folder, stray)).toMatch(/has no class/);
    rmSync(stray);
    const blank = put('1/blank.png', await bar(0, { side: 40, ink: 9, paper: 9 }));
    expect(await refusal(folder, blank)).toMatch(/is blank/);
    rmSync(blank);
    const cut = put('1/cut.png', (await bar(3)).subarray(0, 60));
    expect(await refusal(folder, cut)).toMatch(/no picture that can be read/);
  });

  it('refuses a labels.csv that is no table or names other files', async () => {
    put('a.png', await bar(3));
    const table = put('labels.csv', 'nothing\n');
    expect(await refusal(folder, table)).toMatch(/no table/);
    put('labels.csv', 'file,label\nb.png,3\n');
    expect(await refusal(folder, table)).toMatch(/names none/);
  });
});
