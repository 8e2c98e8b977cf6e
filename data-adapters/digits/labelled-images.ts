// What every reader of digits answers with: grey images of one size, bright on dark, and their classes.
import type { SourceFile } from '../dataset.ts';

export interface ImageSet {
  /** One byte a pixel, row by row, image after image; 0 is the background. */
  readonly pixels: Uint8Array;
  /** Indices into the classes; absent where nobody said. */
  readonly labels?: Uint8Array;
  readonly count: number;
}

export interface LabelledImages {
  readonly train?: ImageSet;
  readonly test?: ImageSet;
  /** Names of the classes: `['0', ..., '9']` of digits. */
  readonly classes: readonly string[];
  /** Of every image, pixels. */
  readonly width: number;
  readonly height: number;
  /** What was done to the images as they were read, one sentence each. */
  readonly notes: readonly string[];
  readonly files: readonly SourceFile[];
}

/** Classes that a label of one byte can tell apart. */
export const mostClasses = 256;
