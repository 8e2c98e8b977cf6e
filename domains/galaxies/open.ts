// Somebody's images as the data of a run: linear flux, one size, cut about the centre.
import { UserError } from '../../core/errors.ts';
import type { Parts, Provenance, SourceFile } from '../../data-adapters/dataset.ts';
import { describeFile } from '../../data-adapters/formats/source-file.ts';
import { readSource } from '../../data-adapters/galaxies/read-source.ts';
import {
  cropCentre,
  planes,
  type SkyImage,
  sdssBands,
  skyImage,
} from '../../data-adapters/galaxies/sky-image.ts';
import type { OpenContext } from '../domain.ts';
import type { GalaxiesConfig } from './config.ts';
import { skySigma } from './degrade.ts';
import {
  type MeasuredGalaxy,
  measuredDataset,
  measuredPart,
  trainingDataset,
  trainingPart,
} from './parts.ts';
import { type Psf, psfFrom } from './psf/psf.ts';
import { fillMissing, missingPixels } from './restoration/fill-missing.ts';
import { simulatedImages } from './simulate.ts';
import { inNanomaggies, noiseOf, surveyNoise } from './units.ts';

interface Found {
  readonly galaxies: MeasuredGalaxy[];
  readonly files: SourceFile[];
  readonly notes: string[];
}

/** Without holes. @returns undefined when nothing is there */
function whole(image: SkyImage): SkyImage | undefined {
  const filled = planes(image).map((plane) => {
    const marks = missingPixels(plane);
    if (marks === undefined) return plane;
    return marks.includes(0) ? fillMissing(plane, image.width, image.height, marks) : undefined;
  });
  if (filled.includes(undefined)) return undefined;
  const result = skyImage(image);
  planes(result).forEach((plane, band) => {
    plane.set(filled[band]!);
  });
  return result;
}

/** Whether noise can be measured and added: some fluxes are near 0, and differ in every band. */
const hasSky = (image: SkyImage): boolean =>
  Number.isFinite(skySigma(image.data)) && noiseOf(image).every(Number.isFinite);

/** Three planes, of which a grey image has one three times. */
function inThreeBands(image: SkyImage): SkyImage {
  if (image.bands.length === sdssBands.length) return image;
  const three = skyImage({ ...image, bands: sdssBands });
  for (const plane of planes(three)) plane.set(planes(image)[0]);
  return three;
}

async function readPsfs(path: string): Promise<Psf[]> {
  const psfs: Psf[] = [];
  for await (const { image, where } of readSource(path)) {
    const sum = planes(image)[0].reduce((total, value) => total + value, 0);
    if (!(sum > 0 && Number.isFinite(sum))) {
      throw new UserError({
        what: `is no PSF: its sum is ${sum}`,
        where,
        how: 'give PSFs without holes and above the sky',
      });
    }
    psfs.push(psfFrom(image.width, image.height, planes(image)[0]));
  }
  return psfs;
}

async function readGalaxies(source: string, context: OpenContext<GalaxiesConfig>): Promise<Found> {
  const { config, log, signal } = context;
  const { size } = config.images;
  const { psf: psfPath, scale } = config.source;
  const psfs = psfPath === '' ? undefined : await readPsfs(psfPath);
  const galaxies: MeasuredGalaxy[] = [];
  const paths = new Set<string>();
  let [index, small, empty, skyless, failed] = [0, 0, 0, 0, 0];
  for await (const found of readSource(source, (error) => {
    // Which PSF belongs to which image is not known any more.
    if (psfs !== undefined) throw error;
    failed++;
    log(`left out: ${error.message}`);
  })) {
    signal.throwIfAborted();
    const psf = psfs?.[index];
    index++;
    if (psfs !== undefined && psf === undefined) {
      throw new UserError({
        what: `has ${psfs.length} PSFs for more images`,
        where: psfPath,
        how: 'give one for each image, in their order',
      });
    }
    const { width, height, bands } = found.image;
    if (Math.min(width, height) < size) {
      small++;
      continue;
    }
    const filled = whole(cropCentre(found.image, size));
    if (filled === undefined) {
      empty++;
      continue;
    }
    const { image } = inNanomaggies({ ...found, image: filled }, surveyNoise, scale > 0 ? scale : undefined);
    if (!hasSky(image)) {
      skyless++;
      continue;
    }
    for (const path of found.files) paths.add(path);
    galaxies.push({
      original: inThreeBands(image),
      grey: bands.length === 1,
      ...(psf === undefined ? {} : { psf }),
      catalogue: { index: index - 1, width, height },
    });
  }
  if (galaxies.length === 0) {
    throw new UserError({
      what: `none of its ${index + failed} images can be used (${small} smaller than ${size} px, ${empty} empty, ${skyless} without sky near 0, ${failed} damaged)`,
      where: source,
      how:
        small > 0
          ? 'set images.size and training.crop to less'
          : skyless > 0
            ? 'give images less their sky, or source.scale'
            : 'give whole images',
    });
  }
  const notes = [
    `cut to ${size} x ${size} px about the centre`,
    ...(small > 0 ? [`left out, being smaller: ${small}`] : []),
    ...(empty > 0 ? [`left out, having no number: ${empty}`] : []),
    ...(skyless > 0 ? [`left out, without sky near 0 or noise in it: ${skyless}`] : []),
    ...(failed > 0 ? [`left out, not readable: ${failed}`] : []),
    'pixels that are no numbers were filled from their neighbours',
  ];
  if (small + empty + skyless > 0) log(notes.slice(1, -1).join('; '));
  return { galaxies, files: await Promise.all([...paths].map(describeFile)), notes };
}

/** Images needed for training, validation and test. */
const leastImages = 10;

/** @throws UserError when the source has no images that can be used, or too few to train on */
export async function open(source: string, context: OpenContext<GalaxiesConfig>): Promise<Parts> {
  const { config, purpose, random } = context;
  const { size } = config.images;
  const { galaxies, files, notes } = await readGalaxies(source, context);
  const provenance: Provenance = { kind: 'files', source, files, notes };
  if (purpose === 'evaluation') return { [measuredPart]: measuredDataset(galaxies, 0, size, provenance) };
  if (galaxies.length < leastImages) {
    throw new UserError({
      what: `has ${galaxies.length} images, too few to train on`,
      where: source,
      how: `give ${leastImages} or more, or measure trained networks on them by "deepfield evaluate"`,
    });
  }
  const shuffled = random.split('splits').shuffle(galaxies.slice());
  // At least one of each kind: shares round to nothing, or to all there are, where images are few.
  const { training: learning, validation: tuning, simulated: mixed } = config.source;
  const share = (of: number, least: number, most: number): number =>
    Math.max(least, Math.min(most, Math.round(of * shuffled.length)));
  const training = share(learning, learning === 0 && mixed > 0 ? 0 : 1, shuffled.length - 2);
  const validation = share(tuning, 1, shuffled.length - training - 1);
  const learnt = shuffled.slice(0, training).map(({ original }) => original);
  const simulated = await simulatedImages(mixed, size, context);
  return {
    [trainingPart]: trainingDataset([...learnt, ...simulated], size, {
      ...provenance,
      notes: [...notes, ...(simulated.length > 0 ? [`${simulated.length} simulated galaxies besides`] : [])],
    }),
    [measuredPart]: measuredDataset(shuffled.slice(training), validation, size, provenance),
  };
}
