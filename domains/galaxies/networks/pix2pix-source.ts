// Pairs for the paper's network: galaxies as recorded and the same spoiled by one setting, mirrored left to right every other time.
import type { RandomStream } from '../../../core/random.ts';
import { type BatchSource, rowSource } from '../../../core/training/batch-source.ts';
import { planes, type SkyImage } from '../../../data-adapters/galaxies/sky-image.ts';
import type { GalaxiesConfig } from '../config.ts';
import { degrade } from '../degrade.ts';
import type { SettingName } from '../setting-names.ts';
import { degradedInput, targetInput } from './names.ts';
import { type NetworkRow, stackRows } from './network-inputs.ts';
import { turned } from './training-examples.ts';

export const pairRow = (degraded: SkyImage, target: SkyImage): NetworkRow => ({
  [degradedInput]: degraded.data,
  [targetInput]: target.data,
});

/** Whether an image is one band, three times the same: its noise is one then, too. */
function isGrey(image: SkyImage): boolean {
  const [first, ...others] = planes(image);
  return others.every((plane) => plane.every((value, i) => value === first[i]));
}

export interface PairSourceOptions {
  /** Galaxies as recorded, with their noise, all of one size. */
  readonly images: readonly SkyImage[];
  readonly setting: GalaxiesConfig['settings'][SettingName];
  readonly mode: GalaxiesConfig['degradation']['mode'];
  /** Whether noise is drawn anew in each pass. */
  readonly freshNoise: boolean;
  /** Shuffles, mirrors and spoils. */
  readonly random: RandomStream;
}

/** Rows of the objective of pix2pix.ts. */
export const pairSource = ({ images, setting, mode, freshNoise, random }: PairSourceOptions): BatchSource =>
  rowSource({
    rows: images.map((_, i) => i),
    shuffle: random,
    gather: (rows, stream = random) =>
      stackRows(
        Array.from(rows, (row, i) => {
          const own = stream.split('example', i);
          const noise = freshNoise ? own.split('noise') : random.split('noise', row);
          const noiseMode = isGrey(images[row]) ? 'shared' : mode;
          const { image } = degrade(images[row], { ...setting, noiseMode }, noise);
          const way = own.integer(2);
          return pairRow(turned(image, way), turned(images[row], way));
        }),
      ),
  });
