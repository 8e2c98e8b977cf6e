// What a simulated galaxy is painted on: planes of g, r and i of the same size, in nanomaggies per pixel, and light in those bands.

/** Flux, or a factor of it, in g, r and i. */
export type Light = readonly [g: number, r: number, i: number];

export interface Painting {
  /** Side of the square planes, pixels. */
  readonly size: number;
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
}

export const emptyPainting = (size: number): Painting => ({
  size,
  planes: [new Float32Array(size * size), new Float32Array(size * size), new Float32Array(size * size)],
});

/** Flux in nanomaggies of an r magnitude and the colours g - r and r - i. */
export const lightOf = (magnitude: number, gMinusR: number, rMinusI: number): Light => {
  const flux = 10 ** ((22.5 - magnitude) / 2.5);
  return [flux * 10 ** (-gMinusR / 2.5), flux, flux * 10 ** (rMinusI / 2.5)];
};

/** Light of the same colours, `share` of the flux. */
export const dim = ([g, r, i]: Light, share: number): Light => [g * share, r * share, i * share];

/** Where an ellipse lies on a painting. */
export interface Ellipse {
  /** Centre, pixels from the middle of the first pixel of the painting. */
  readonly x: number;
  readonly y: number;
  /** Minor over major axis. */
  readonly axisRatio: number;
  /** Angle of the major axis from the rows towards the columns, radians. */
  readonly angle: number;
}

/** First and last row or column, within a painting, at most `reach` pixels from `centre`. */
export const span = (centre: number, reach: number, size: number): [number, number] => [
  Math.max(0, Math.ceil(centre - reach)),
  Math.min(size - 1, Math.floor(centre + reach)),
];
