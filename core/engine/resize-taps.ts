// Where the pixels of a resized image come from, along one axis, as tfjs's CPU backend works it out.

/** How tfjs lays the pixels of the output over those of the input. */
export interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/** Where the pixels of one output axis come from: (1 - fraction) of pixel `low` and `fraction` of pixel `high`. */
export interface Taps {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly fraction: readonly number[];
}

function sourceScale(from: number, to: number, { alignCorners }: ResizeAttributes): number {
  return alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
}

export function bilinearTaps(from: number, to: number, attributes: ResizeAttributes): Taps {
  const scale = sourceScale(from, to, attributes);
  const positions = Array.from({ length: to }, (_, i) =>
    attributes.halfPixelCenters ? scale * (i + 0.5) - 0.5 : scale * i,
  );
  const low = positions.map((p) => Math.max(0, Math.floor(p)));
  return {
    low,
    high: positions.map((p) => Math.max(0, Math.min(from - 1, Math.ceil(p)))),
    fraction: positions.map((p, i) => p - low[i]),
  };
}

export function nearestTaps(from: number, to: number, attributes: ResizeAttributes): Taps {
  const scale = sourceScale(from, to, attributes);
  const low = Array.from({ length: to }, (_, i) => {
    const position = attributes.halfPixelCenters ? scale * (i + 0.5) : scale * i;
    const nearest = attributes.alignCorners ? Math.round(position) : Math.floor(position);
    return Math.max(0, Math.min(from - 1, nearest));
  });
  return { low, high: low, fraction: low.map(() => 0) };
}

/** Taps of an axis that goes from one length to another. */
export type TapsOf = (from: number, to: number, attributes: ResizeAttributes) => Taps;
