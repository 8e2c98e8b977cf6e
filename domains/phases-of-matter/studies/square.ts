// The square lattice: networks learn its phases, and their outputs cross at its critical temperature.
import { evaluate } from '../evaluate.ts';
import { figures } from '../figures.ts';
import { isLatticePart } from '../parts.ts';
import { simulate } from '../simulate.ts';
import { train } from '../train.ts';
import type { Study } from './study.ts';

export const square: Study = {
  name: 'square',
  ownsPart: isLatticePart,
  simulate,
  train,
  evaluate,
  figures,
};
