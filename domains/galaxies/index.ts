// Recovering features in astrophysical images: a network restores galaxies that were blurred and buried in noise, and stands beside
// the best that linear filters can do.
import { defineDomain } from '../domain.ts';
import { galaxiesConfig, presets } from './config.ts';
import { ensemble } from './ensemble.ts';
import { evaluate } from './evaluate.ts';
import { figures } from './figures.ts';
import { restorationId } from './networks/names.ts';
import { open } from './open.ts';
import { predict } from './predict.ts';
import { publicData } from './public-data.ts';
import { recognise } from './recognise.ts';
import { blocks, simulate } from './simulate.ts';
import { train } from './train.ts';

export const domain = defineDomain({
  name: 'galaxies',
  title: 'Recovering features in images of galaxies beyond the deconvolution limit',
  summary:
    'Galaxies are simulated as the Sloan Digital Sky Survey sees them, then blurred by worse seeing and buried in noise. ' +
    'One network, which is told the seeing and the noise, learns to restore them for the whole range of both. ' +
    'On galaxies it has not seen it stands beside Wiener filters, Richardson and Lucy and the best Gaussian, each tuned; FITS files and pictures of any size are restored with what their headers hold.',
  paper: {
    citation:
      'K. Schawinski, C. Zhang, H. Zhang, L. Fowler and G. K. Santhanam, Generative adversarial networks recover features in astrophysical images of galaxies beyond the deconvolution limit, MNRAS Letters 467, L110 (2017)',
    doi: '10.1093/mnrasl/slx008',
    arxiv: '1702.00403',
  },
  config: galaxiesConfig,
  presets,
  simulate,
  blocks,
  open,
  sources: [
    'a folder of images, whatever its folders: .fits, .fits.gz, .fits.bz2, .fits.fz, .png, .jpg',
    'FITS: one plane, or three as g, r, i; every image HDU of a file is an image; <name>-g.fits, -r.fits and -i.fits are one',
    'pictures: taken to be stretched as in the paper, which is undone',
  ],
  recognise,
  publicData,
  train,
  ensemble,
  budget: { path: 'training.steps', continues: () => false },
  evaluate,
  figures,
  primaryModel: (ids) => (ids.includes(restorationId) ? restorationId : ids[0]),
  predict,
});
