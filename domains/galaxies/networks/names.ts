// Names of what a restoration network takes and answers, in its model file and wherever it is run.

/** Degraded flux, nanomaggies per pixel, [rows, 3, height, width]. */
export const degradedInput = 'degraded';
/** The same smoothed by a Gaussian as wide as its noise asks for, [rows, 3, height, width]. */
export const smoothedInput = 'smoothed';
/** The same by the Wiener filter with the image's own PSF and noise, [rows, 3, height, width]. */
export const wienerInput = 'wiener';
/** Standard deviation of the noise of each band, nanomaggies per pixel, [rows, 3]. */
export const noiseInput = 'noise';
/** Full width at half maximum of the blur, pixels, [rows, 1]. */
export const seeingInput = 'seeing';
/** Restored flux, nanomaggies per pixel, [rows, 3, height, width]. */
export const restoredOutput = 'restored';
/** Its standard deviation as the network sees it, nanomaggies per pixel, [rows, 3, height, width]. */
export const deviationOutput = 'deviation';
/** What is learnt towards: flux as recorded, nanomaggies per pixel, [rows, 3, height, width]. */
export const targetInput = 'target';
/** What deviations are learnt from: flux without the noise of the recording, where that is known, nanomaggies per pixel. */
export const truthInput = 'truth';

/** Bands of a network's image. */
export const networkBands = 3;

/** Id of the network that restores. */
export const restorationId = 'restoration';
/** Id of the generator of a setting, where each has its own: `pix2pix-severe`. */
export const pix2pixId = (setting: string): string => `pix2pix-${setting}`;
