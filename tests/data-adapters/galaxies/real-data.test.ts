// Images of surveys and of other readers' tests, where they are present (../shared/data; SOURCES.md there says whose they are),
// against what astropy 8.0.1 reads from them (EXPECTED.json there).
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { readImage } from '../../../data-adapters/galaxies/image-file.ts';
import { readSource } from '../../../data-adapters/galaxies/read-source.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/galaxies', import.meta.url));
const present = existsSync(`${folder}/EXPECTED.json`);

interface Expected {
  readonly list: readonly {
    readonly image?: { readonly shape: readonly number[]; readonly center: number };
  }[];
}

const expected: Record<string, Expected> = present
  ? JSON.parse(readFileSync(`${folder}/EXPECTED.json`, 'utf8'))
  : {};

/** Whether an array is an image of this domain: 8 pixels a side or more. */
const isImage = (shape: readonly number[]): boolean =>
  shape.length >= 2 && shape.slice(-2).every((side) => side >= 8);
const planesOf = (shape: readonly number[]): number => shape.slice(0, -2).reduce((a, b) => a * b, 1);

describe.skipIf(!present)(
  `images of others${present ? '' : ' (skipped: ../shared/data/galaxies is not here)'}`,
  () => {
    it('are read as astropy reads them, or refused in one line', async () => {
      let [read, refused] = [0, 0];
      for (const [name, { list }] of Object.entries(expected)) {
        const first = list.find(({ image }) => image !== undefined && isImage(image.shape))?.image;
        const outcome = await readImage(`${folder}/${name}`).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect(outcome, name).toBeInstanceOf(UserError);
          expect(outcome.message).not.toContain('\n');
          // Without an image among the first six HDUs, or of planes that are no bands.
          if (first !== undefined) expect([1, 3], name).not.toContain(planesOf(first.shape));
          refused++;
          continue;
        }
        const { image, fits } = outcome as Awaited<ReturnType<typeof readImage>>;
        if (first === undefined) continue;
        expect(fits!.shape, name).toEqual(first.shape);
        expect(image.bands.length, name).toBe(planesOf(first.shape));
        read++;
      }
      expect(read).toBeGreaterThan(0);
      expect(refused).toBeGreaterThan(0);
    });

    it('are all found in a folder, those that cannot be read handed on', async () => {
      const failures: UserError[] = [];
      let found = 0;
      for await (const { image } of readSource(`${folder}/sdss_frames`, (error) => failures.push(error))) {
        expect(Math.min(image.width, image.height)).toBeGreaterThanOrEqual(8);
        found++;
      }
      // Three cuts of frames, a field of the NTT and a PSF; a mask, a catalogue and eigenPSFs are tables.
      expect(found).toBe(5);
      expect(failures.map(({ message }) => /has no image/.test(message))).toEqual([true, true, true]);
    });
  },
);
