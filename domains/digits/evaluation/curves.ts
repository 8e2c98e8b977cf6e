// What the plots of a run are drawn from. Images are kept as base64 of their bytes.

/** An image of `width` pixels a row, 0 to 255. */
export interface StoredImage {
  readonly width: number;
  readonly height: number;
  readonly bytes: string;
}

export interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** Loss of one network after each pass. */
export interface LossPoint {
  readonly network: string;
  readonly epoch: number;
  readonly on: 'training' | 'validation';
  readonly loss: number;
}

/** What the units of one layer have learned, rows of pictures with what they are. */
export interface Gallery {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly rows: readonly (readonly StoredImage[])[];
}

export interface LayerRow {
  readonly layer: string;
  readonly output: string;
  readonly parameters: number;
  readonly connections: number;
}

export interface Curves {
  readonly source: string;
  /** The first image of each class, and a row for each network that gives it back. */
  readonly reconstructions: readonly { readonly name: string; readonly images: readonly StoredImage[] }[];
  readonly maps: readonly { readonly id: string; readonly points: readonly MapPoint[] }[];
  readonly galleries: readonly Gallery[];
  readonly losses: readonly LossPoint[];
  readonly layers: readonly LayerRow[];
}

/** Bytes as they are kept. */
export const storedImage = (bytes: Uint8Array, width: number): StoredImage => ({
  width,
  height: bytes.length / width,
  bytes: Buffer.from(bytes).toString('base64'),
});

/** Numbers as bytes, their least black and their greatest white; about 0 as middle grey where `signed`. */
export function asBytes(values: ArrayLike<number>, signed = false): Uint8Array {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (signed) {
    high = Math.max(Math.abs(low), Math.abs(high));
    low = -high;
  }
  const span = high - low || 1;
  return Uint8Array.from({ length: values.length }, (_, i) => Math.round((255 * (values[i] - low)) / span));
}
