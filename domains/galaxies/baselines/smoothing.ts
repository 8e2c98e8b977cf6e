// Plain Gaussian smoothing, which knows nothing of the PSF: at strong noise it is hard to beat on the mean square.
import { mapPlanes } from '../../../data-adapters/galaxies/sky-image.ts';
import { smooth } from '../psf/sampled-gaussian.ts';
import type { Baseline } from './restoration.ts';

export const gaussianSmoothing: Baseline = {
  id: 'gaussian-smoothing',
  label: 'Gaussian smoothing',
  parameter: 'standard deviation, pixels',
  candidates: [0, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6],
  restore: ({ image }, values) =>
    values.map((sigma) =>
      sigma === 0 ? image : mapPlanes(image, (pixels) => smooth(pixels, image.width, image.height, sigma)),
    ),
};
