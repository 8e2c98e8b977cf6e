// Matrix products, alone, with the bias and activation that tfjs fuses at inference, and by Einstein's summation.
import { backend_util } from '@tensorflow/tfjs-core';
import { add, matMul } from '../graph/operators.ts';
import { record, type Value } from '../graph/value.ts';
import { activate } from './elementwise.ts';
import type { Family } from './lowering.ts';

type Inputs = Readonly<Record<string, Value>>;
interface MatMulAttributes {
  transposeA: boolean;
  transposeB: boolean;
}
interface FusedAttributes extends MatMulAttributes {
  activation: string;
  leakyreluAlpha?: number;
}

/** Sum over products by the equation `ab,bc->ac`. Labels must differ within an operand, as in tfjs. */
function einsum(_: Inputs, { equation }: { equation: string }, operands: readonly Value[]): Value {
  const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(equation, operands.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, operands as never);
  const sizes = allDims.map((_dim, axis) => {
    const operand = idDims.findIndex((dims) => dims.includes(axis));
    return operands[operand].shape[idDims[operand].indexOf(axis)];
  });
  const shape = sizes.slice(0, allDims.length - summedDims.length);
  return record('Einsum', operands, { equation: equation.replace(/\s/g, '') }, shape);
}

export const matrices: Family = {
  BatchMatMul: ({ a, b }: Inputs, { transposeA, transposeB }: MatMulAttributes) =>
    matMul(a, b, transposeA, transposeB),
  _FusedMatMul: (
    { a, b, bias, preluActivationWeights }: Inputs,
    { transposeA, transposeB, activation, leakyreluAlpha }: FusedAttributes,
  ) => {
    const product = matMul(a, b, transposeA, transposeB);
    return activate(bias ? add(product, bias) : product, activation, preluActivationWeights, leakyreluAlpha);
  },
  Einsum: einsum,
};
