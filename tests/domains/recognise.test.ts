// Each domain knows its own data when it sees them, and leaves those of the others alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeFits } from '../../data-adapters/formats/fits/index.ts';
import { writeNpy } from '../../data-adapters/formats/write-npy.ts';
import { higgs } from '../../domains/exotic-particles/problems.ts';
import { registry } from '../../domains/registry.ts';
import { readersOf } from '../../pipelines/public-data/recognise.ts';
import { idx } from '../data-adapters/digits/idx-bytes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recognise-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, bytes: Uint8Array | string): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, bytes);
  return full;
}

const found = async (path: string): Promise<Record<string, string>> =>
  Object.fromEntries((await readersOf(registry, path)).map(({ domain, finds }) => [domain, finds]));

const picture = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: 'grey' } })
    .png()
    .toBuffer();

describe('recognise', () => {
  it('spin configurations, with and without temperatures', async () => {
    const spins = Float64Array.from({ length: 2 * 16 }, (_, i) => (i % 3 === 0 ? 1 : -1));
    const path = put('T2.27.npy', writeNpy({ shape: [2, 4, 4], data: spins }));
    expect(await found(path)).toEqual({
      'phases-of-matter': 'spin configurations: 2 of L = 4 in T2.27.npy',
    });
    const bare = put('spins/x.npy', writeNpy({ shape: [2, 4, 4], data: spins }));
    expect(await found(dirname(bare))).toEqual({
      'phases-of-matter': 'spin configurations: 2 of L = 4 in x.npy, their temperatures not told',
    });
  });

  it('collisions, by the names or by the number of their columns', async () => {
    const names = higgs.fileColumns!;
    const row = names.map((_, i) => (i === 0 ? 1 : i / 10)).join(',');
    const expected = { 'exotic-particles': 'Higgs bosons: 28 features and the label (source.search=higgs)' };
    expect(await found(put('HIGGS.csv', `${row}\n${row}\n`))).toEqual(expected);
    expect(await found(put('named.csv', `${names.join(',')}\n${row}\n`))).toEqual(expected);
  });

  it('health records', async () => {
    const events = put(
      'events.csv',
      'subject,time,kind,system,code\n1,2010-01-01,diagnosis,ICD9CM,428.0\n2,2011-01-01,diagnosis,ICD9CM,401.9\n',
    );
    expect(Object.keys(await found(events))).toEqual(['heart-failure']);
  });

  it('images of digits, and not of another size', async () => {
    const path = put('mnist/t10k-images-idx3-ubyte', idx(8, [2, 28, 28], new Array(2 * 784).fill(0)));
    expect(await found(dirname(path))).toEqual({ digits: 'images of 28 x 28 px, 2 to test' });
    const other = put('other/t10k-images-idx3-ubyte', idx(8, [1, 4, 4], new Array(16).fill(0)));
    expect(await found(dirname(other))).toEqual({});
  });

  it('pictures in folders of classes; those large enough may be of galaxies too', async () => {
    for (const name of ['a/1.png', 'b/2.png']) put(`small/${name}`, await picture(20));
    expect(await found(join(folder, 'small'))).toEqual({ digits: '2 pictures of 2 classes (a, b, ...)' });
    for (const name of ['1.png', '2.png']) put(`large/${name}`, await picture(40));
    expect(await found(join(folder, 'large'))).toEqual({
      galaxies: '2 image files; 1.png holds an image of 40 x 40 px',
    });
  });

  it('FITS images beside a catalogue', async () => {
    const image = { shape: [40, 50], data: new Float32Array(2000) };
    put('sky/a.fits', encodeFits([{ name: 'EMPTY' }]));
    put('sky/b.fits', encodeFits([image, image]));
    expect(await found(join(folder, 'sky'))).toEqual({
      galaxies: '2 image files; b.fits holds 2 images, one of 50 x 40 px',
    });
  });

  it('nothing in a text, an empty folder or a table of anything', async () => {
    expect(await found(put('notes.txt', 'hello\n'))).toEqual({});
    expect(await found(put('table.csv', 'height,weight\n1.7,70\n1.8,80\n'))).toEqual({});
    mkdirSync(join(folder, 'nothing'));
    expect(await found(join(folder, 'nothing'))).toEqual({});
  });
});
