// Small files for the names that pages give to a reader's own data: `lattice.npy`, `events.csv`, `my-images/`. A name that a block
// before has written already is left alone.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { RandomStream } from '../../core/random.ts';
import { writeFits, writeNpy } from '../../data-adapters/index.ts';
import { openTableWriter } from '../../data-adapters/tables/index.ts';
import { higgsColumns } from '../../domains/exotic-particles/features/uci-units.ts';
import { simulateBlock } from '../../domains/exotic-particles/generator/block.ts';
import { idx } from '../data-adapters/digits/idx-bytes.ts';
import { skyPlane } from '../domains/galaxies/skies.ts';
import type { Workshop } from './workshop.ts';

/** Lattices of 10 x 10: all spins alike below T_c, each by itself above. */
function lattices(count: number, temperature: number): Uint8Array {
  const random = new RandomStream('lattices', temperature);
  const data = Int8Array.from({ length: count * 100 }, () =>
    temperature < 2.269 || random.uniform() < 0.5 ? 1 : -1,
  );
  return writeNpy({ shape: [count, 10, 10], data });
}

function latticeFolder(folder: string): void {
  mkdirSync(folder);
  for (const t of [1.5, 1.9, 2.1, 2.2, 2.3, 2.4, 2.6, 3])
    writeFileSync(join(folder, `T${t}.npy`), lattices(40, t));
}

/** Collisions of HIGGS, label first, by the names of UCI's columns. */
async function collisions(path: string): Promise<void> {
  const events = 1500;
  const { features, label } = simulateBlock({ process: 'higgs', events, signalShare: 0.5, seed: 'stand-in' });
  const names = higgsColumns.map(({ name }) => name);
  const columns = Object.fromEntries(
    names.map((name, i) => [
      name,
      Float32Array.from({ length: events }, (_, row) => features[row * names.length + i]),
    ]),
  );
  if (path.endsWith('.gz')) {
    const rows = Array.from({ length: events }, (_, row) =>
      [label[row], ...names.map((name) => columns[name][row])].join(','),
    );
    return writeFileSync(path, gzipSync(`${rows.join('\n')}\n`));
  }
  const writer = await openTableWriter(
    path,
    ['label', ...names].map((name) => ({ name })),
  );
  await writer.write({ label: Float32Array.from(label), ...columns }, events);
  await writer.finish();
}

/** A galaxy in three bands, nanomaggies. */
async function sky(path: string, seed = 1): Promise<void> {
  const side = 72;
  const planes = [1, 2, 3].map((band) =>
    skyPlane({
      width: side,
      height: side,
      noise: 0.02,
      seed: 10 * seed + band,
      lights: [
        { x: 36, y: 34, height: 2 * band, sigma: 6 },
        { x: 12, y: 60, height: band, sigma: 1.4, beta: 3 },
      ],
    }),
  );
  const data = new Float32Array(3 * side * side);
  for (const [i, plane] of planes.entries()) data.set(plane, i * side * side);
  await writeFits(path, [{ shape: [3, side, side], data }]);
}

async function skies(folder: string, count = 3): Promise<void> {
  mkdirSync(folder);
  for (let i = 1; i <= count; i++) await sky(join(folder, `${i}.fits`), i);
}

const digit = (label: number): Uint8Array =>
  Uint8Array.from({ length: 784 }, (_, i) => {
    const [x, y] = [i % 28, Math.floor(i / 28)];
    return x > 8 && x < 12 + label && y > 5 && y < 22 ? 250 : 0;
  });

function mnist(folder: string): void {
  mkdirSync(folder);
  for (const [name, count] of [
    ['train', 200],
    ['t10k', 100],
  ] as const) {
    const labels = Array.from({ length: count }, (_, i) => i % 10);
    const images = labels.flatMap((label) => [...digit(label)]);
    writeFileSync(join(folder, `${name}-images-idx3-ubyte.gz`), gzipSync(idx(8, [count, 28, 28], images)));
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte.gz`), gzipSync(idx(8, [count], labels)));
  }
}

const photo = async (path: string): Promise<void> =>
  writeFileSync(
    path,
    await sharp(digit(3), { raw: { width: 28, height: 28, channels: 1 } })
      .resize(60)
      .png()
      .toBuffer(),
  );

/** Rows of patients, several to some, one in four of whom die. */
function patients(path: string): void {
  const random = new RandomStream('patients');
  const rows = Array.from({ length: 300 }, (_, i) => {
    const age = 40 + Math.floor(50 * random.uniform());
    const ward = ['north', 'south', 'west'][Math.floor(3 * random.uniform())];
    return [`p${i % 200}`, age, ward, random.uniform() < (age - 30) / 100 ? 'yes' : 'no'].join(',');
  });
  writeFileSync(path, `patient_id,age,ward,died\n${rows.join('\n')}\n`);
}

const codes = [
  ['2012-01-31', '401.9'],
  ['2012-07-10', '272.4'],
  ['2013-02-02', '250.00'],
] as const;

const bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { resource: { resourceType: 'Patient', id: '1', gender: 'female', birthDate: '1947-02-17' } },
    ...codes.map(([date, code]) => ({
      resource: {
        resourceType: 'Condition',
        subject: { reference: 'Patient/1' },
        code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-9-cm', code }] },
        onsetDateTime: date,
      },
    })),
  ],
};

const makers: Readonly<Record<string, (path: string) => void | Promise<void>>> = {
  'lattice.npy': (path) => writeFileSync(path, lattices(1, 1.5)),
  'my-lattices': latticeFolder,
  'other-lattices': latticeFolder,
  'events.csv': collisions,
  'events.parquet': collisions,
  'other-events.csv': collisions,
  'HIGGS.csv.gz': collisions,
  'sky.fits': (path) => sky(path),
  'image.fits': (path) => sky(path),
  // The fewest that a network is trained on.
  'my-images': (path) => skies(path, 10),
  images: (path) => skies(path),
  night: (path) => skies(path),
  stamps: (path) => skies(path),
  mnist: mnist,
  't10k-images-idx3-ubyte.gz': (path) =>
    writeFileSync(path, gzipSync(idx(8, [2, 28, 28], [...digit(1), ...digit(7)]))),
  'photo.png': photo,
  folder: async (path) => {
    mkdirSync(path);
    await photo(join(path, '1.png'));
  },
  'patients.csv': patients,
  'new-patients.csv': patients,
  'table.csv': patients,
  'records.csv': (path) =>
    writeFileSync(
      path,
      `subject,date,code,system,kind\n${codes.map(([date, code]) => `1,${date},${code},ICD9CM,diagnosis\n`).join('')}`,
    ),
  'bundle.json': (path) => writeFileSync(path, JSON.stringify(bundle)),
  keys: (path) => writeFileSync(path, 'a-key-of-sixteen-letters-and-more\n', { mode: 0o600 }),
  'my-data.csv': patients,
};

/** Makes the file that a word of a command names, where there is a stand-in for it and nothing of that name yet. */
export async function standIn(word: string, workshop: Workshop): Promise<void> {
  const name = word.replace(/^@/, '').replace(/\/$/, '');
  const make = makers[name];
  if (make !== undefined && !workshop.holds(name)) await make(join(workshop.folder, name));
}
