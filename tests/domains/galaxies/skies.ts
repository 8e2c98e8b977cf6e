// Skies made by hand for the tests of the galaxies, and a network that answers with what it was shown.
import type { TensorData } from '../../../core/engine/tensor-data.ts';
import { RandomStream } from '../../../core/random.ts';
import type { FitsHeader } from '../../../data-adapters/formats/fits/index.ts';
import type { ImageInFile } from '../../../data-adapters/galaxies/image-file.ts';
import { type SkyImage, sdssBands, skyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { Models } from '../../../domains/domain.ts';
import { deviationOutput, restoredOutput, smoothedInput } from '../../../domains/galaxies/networks/names.ts';

/** A round light: its flux at the centre and its standard deviation, pixels; of Moffat's profile where `beta` is given. */
export interface Light {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly sigma: number;
  readonly beta?: number;
}

/** Full width at half maximum of a Gaussian over its standard deviation: 2 sqrt(2 ln 2). */
export const fwhmPerSigma = 2.354820045;

const profile = ({ sigma, beta }: Light, squared: number): number => {
  if (beta === undefined) return Math.exp(-squared / (2 * sigma * sigma));
  // The same full width at half maximum.
  const scale = (sigma * fwhmPerSigma) / (2 * Math.sqrt(2 ** (1 / beta) - 1));
  return (1 + squared / (scale * scale)) ** -beta;
};

export interface Sky {
  readonly width: number;
  readonly height: number;
  readonly noise: number;
  readonly lights?: readonly Light[];
  readonly level?: number;
  readonly seed?: number;
}

/** One plane: lights on a level with white noise. */
export function skyPlane({ width, height, noise, lights = [], level = 0, seed = 1 }: Sky): Float32Array {
  const random = new RandomStream('sky', seed);
  return Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const light = lights.reduce(
      (sum, one) => sum + one.height * profile(one, (x - one.x) ** 2 + (y - one.y) ** 2),
      0,
    );
    return level + light + noise * random.normal();
  });
}

/** The same in each band, noise apart. */
export function sky(options: Sky, bands: readonly string[] = sdssBands): SkyImage {
  const { width, height, seed = 1 } = options;
  const image = skyImage({ width, height, bands });
  bands.forEach((_, band) => {
    image.data.set(skyPlane({ ...options, seed: 10 * seed + band }), band * width * height);
  });
  return image;
}

/** An image as it comes from a FITS file. */
export const inFits = (image: SkyImage, header: FitsHeader, scaled = true): ImageInFile => ({
  image,
  where: 'image.fits: HDU 0 (PRIMARY)',
  fits: { header, unit: header.string('BUNIT'), shape: [image.height, image.width], scaled },
});

/** Answers with one of its inputs, and a deviation that is the same everywhere. */
export function echo(input = smoothedInput, deviation = 0.1) {
  const shapes: (readonly number[])[] = [];
  const models: Pick<Models, 'run' | 'metadata'> = {
    metadata: async () => ({}),
    async run(_, inputs): Promise<Record<string, TensorData>> {
      const { [input]: shown } = inputs;
      shapes.push(shown.shape);
      return {
        [restoredOutput]: { ...shown, data: shown.data.slice() },
        [deviationOutput]: { ...shown, data: new Float32Array(shown.data.length).fill(deviation) },
      };
    },
  };
  return { models, shapes };
}

/** Largest difference of two arrays. */
export const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let most = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
};
