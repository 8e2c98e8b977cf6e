// Every tfjs kernel that the engine knows, by name.
import { blocks } from './blocks.ts';
import { comparison } from './comparison.ts';
import { constants } from './constants.ts';
import { convolutions } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import { host } from './host.ts';
import { indexing } from './indexing.ts';
import type { Lowering } from './lowering.ts';
import { matrices } from './matrix.ts';
import { normalisation } from './normalisation.ts';
import { pooling } from './pooling.ts';
import { random } from './random.ts';
import { reductions } from './reduction.ts';
import { resizing } from './resize.ts';
import { shapes } from './shape.ts';

const families = {
  elementwise,
  comparison,
  reductions,
  matrices,
  convolutions,
  pooling,
  normalisation,
  shapes,
  blocks,
  indexing,
  resizing,
  constants,
  random,
  host,
};

/** Kernel name -> lowering, over all families. */
export const lowerings: ReadonlyMap<string, Lowering<unknown>> = new Map(
  Object.values(families).flatMap((family) => Object.entries(family) as [string, Lowering<unknown>][]),
);

/** Kernel name -> the family it stands in, for the table of kernels in the docs. */
export const familyOf: ReadonlyMap<string, string> = new Map(
  Object.entries(families).flatMap(([name, family]) => Object.keys(family).map((kernel) => [kernel, name])),
);
