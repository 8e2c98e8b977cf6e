// The paper's stretch of fluxes into [0, 1], in which its images are drawn, learnt and compared: roou.m of GalaxyGAN clips to
// [-0.1, 4] nanomaggies, then y = asinh(10 (x + 0.1) / 4.1) / 3, which is 0.9994 at most.

/** Lowest and highest flux that the paper keeps, nanomaggies per pixel. */
export const clipLow = -0.1;
export const clipHigh = 4;

const range = clipHigh - clipLow;

/** The stretch without the clip: smooth, of either sign, with {@link unstretch} as its inverse everywhere. */
export const smoothStretch = (flux: number): number => Math.asinh((10 * (flux - clipLow)) / range) / 3;

/** The paper's stretch: clipped. */
export const stretch = (flux: number): number => smoothStretch(Math.min(clipHigh, Math.max(clipLow, flux)));

/** Flux in nanomaggies per pixel of a stretched value. */
export const unstretch = (value: number): number => (Math.sinh(3 * value) / 10) * range + clipLow;

const mapped =
  (one: (value: number) => number) =>
  (values: ArrayLike<number>): Float32Array => {
    const result = new Float32Array(values.length);
    for (let i = 0; i < result.length; i++) result[i] = one(values[i]);
    return result;
  };

/** {@link stretch} of many fluxes. */
export const stretchAll = mapped(stretch);
/** {@link unstretch} of many values. */
export const unstretchAll = mapped(unstretch);
