// How the images of a run are kept: those that networks learn from, and those that baselines are tuned and everything is
// measured on, which know both what the survey recorded and, where it was simulated, what was really there.
import { type Column, Dataset, type Parts, type Provenance } from '../../data-adapters/dataset.ts';
import { type SkyImage, sdssBands, skyImage } from '../../data-adapters/galaxies/sky-image.ts';
import type { Psf } from './psf/psf.ts';

export const trainingPart = 'training';
export const measuredPart = 'measured';

const bands = sdssBands.length;

/** An image to measure on. */
export interface MeasuredGalaxy {
  /** As recorded, with its noise. */
  readonly original: SkyImage;
  /** Without noise, where that is known. */
  readonly truth?: SkyImage;
  /** Whether its three planes are one band. */
  readonly grey: boolean;
  /** PSF by which it is to be blurred in place of the settings' Gaussians. */
  readonly psf?: Psf;
  /** Numbers of the catalogue. */
  readonly catalogue: Readonly<Record<string, number>>;
}

const none = new Uint32Array();
const count = (length: number, first = 0): Uint32Array => Uint32Array.from({ length }, (_, i) => first + i);

function imageColumn(images: readonly SkyImage[], size: number): Column {
  const width = bands * size * size;
  const data = new Float32Array(images.length * width);
  for (const [i, image] of images.entries()) data.set(image.data, i * width);
  return { data, shape: [bands, size, size] };
}

/** Images to learn from: column `target`. */
export const trainingDataset = (images: readonly SkyImage[], size: number, provenance: Provenance): Dataset =>
  new Dataset(
    { target: imageColumn(images, size) },
    { train: count(images.length), validation: none, test: none },
    provenance,
  );

/** PSFs on one square, their stars on its centre. */
function psfColumn(psfs: readonly Psf[]): Column {
  const half = Math.max(...psfs.map(({ width, height }) => Math.floor(Math.max(width, height) / 2)));
  const size = 2 * half + 1;
  const data = new Float64Array(psfs.length * size * size);
  for (const [i, psf] of psfs.entries()) {
    const [left, top] = [half - Math.floor(psf.width / 2), half - Math.floor(psf.height / 2)];
    for (let y = 0; y < psf.height; y++) {
      for (let x = 0; x < psf.width; x++) {
        if (left + x < size && top + y < size) {
          data[(i * size + top + y) * size + left + x] = psf.data[y * psf.width + x];
        }
      }
    }
  }
  return { data, shape: [size, size] };
}

/** Galaxies to measure on, those for validation first. */
export function measuredDataset(
  galaxies: readonly MeasuredGalaxy[],
  validation: number,
  size: number,
  provenance: Provenance,
): Dataset {
  const truths = galaxies.flatMap(({ truth }) => truth ?? []);
  const psfs = galaxies.flatMap(({ psf }) => psf ?? []);
  const names = Object.keys(galaxies[0]?.catalogue ?? {});
  const columns: Record<string, Column> = {
    original: imageColumn(
      galaxies.map(({ original }) => original),
      size,
    ),
    grey: { data: Uint8Array.from(galaxies, ({ grey }) => Number(grey)), shape: [] },
  };
  if (truths.length === galaxies.length) columns.truth = imageColumn(truths, size);
  if (psfs.length === galaxies.length && psfs.length > 0) columns.psf = psfColumn(psfs);
  for (const name of names) {
    columns[name] = { data: Float64Array.from(galaxies, ({ catalogue }) => catalogue[name]), shape: [] };
  }
  return new Dataset(
    columns,
    {
      train: none,
      validation: count(validation),
      test: count(galaxies.length - validation, validation),
    },
    provenance,
  );
}

function imageAt({ data, shape }: Column, row: number): SkyImage {
  const [, height, width] = shape;
  const length = bands * height * width;
  return skyImage({ width, height }, (data as Float32Array).subarray(row * length, (row + 1) * length));
}

/** The images to learn from: views, not copies. */
export function trainingImages(parts: Parts): SkyImage[] {
  const dataset = parts[trainingPart];
  return Array.from(dataset.splits.train, (row) => imageAt(dataset.column('target'), row));
}

/** Columns of {@link measuredDataset} that are not of the catalogue. */
const ownColumns = ['original', 'truth', 'grey', 'psf'];

/** The galaxies of a split to measure on. */
export function measuredGalaxies(parts: Parts, split: 'validation' | 'test'): MeasuredGalaxy[] {
  const dataset = parts[measuredPart];
  const { original, truth, grey, psf, ...rest } = dataset.columns;
  const catalogue = Object.entries(rest).filter(([name]) => !ownColumns.includes(name));
  return Array.from(dataset.splits[split], (row) => ({
    original: imageAt(original, row),
    grey: grey.data[row] === 1,
    ...(truth === undefined ? {} : { truth: imageAt(truth, row) }),
    ...(psf === undefined ? {} : { psf: psfAt(psf, row) }),
    catalogue: Object.fromEntries(catalogue.map(([name, { data }]) => [name, data[row]])),
  }));
}

function psfAt({ data, shape: [height, width] }: Column, row: number): Psf {
  const length = height * width;
  return { width, height, data: (data as Float64Array).slice(row * length, (row + 1) * length) };
}
