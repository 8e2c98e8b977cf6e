// The shifts of the detector that a search knows.
import type { RandomStream } from '../../../core/random.ts';
import type { Problem } from '../problems.ts';
import type { Variation } from '../statistics/systematic-band.ts';

export const detectorVariations = (_problem: Problem, _random: RandomStream): Variation[] => [];
