// The square lattice: networks learn its phases, and their outputs cross at its critical temperature.
import { evaluate } from '../evaluate.ts';
import { figures } from '../figures.ts';
import { isLatticePart } from '../parts.ts';
import { squareLattices } from '../simulate.ts';
import { type ToyPoint, toyModelCurve, toyModelPlot } from '../toy-model/accuracy-curve.ts';
import { train } from '../train.ts';
import type { Study } from './study.ts';

export const square: Study = {
  name: 'square',
  ownsPart: isLatticePart,
  lattices: squareLattices,
  train,
  evaluate: async (parts, context) => {
    const { figures, curves } = await evaluate(parts, context);
    return { figures, curves: { ...curves, toyModel: toyModelCurve(parts) } };
  },
  figures: async (curves) => {
    const toyModel = (curves.toyModel ?? []) as readonly ToyPoint[];
    return [...(await figures(curves)), ...(toyModel.length > 0 ? [toyModelPlot(toyModel)] : [])];
  },
};
