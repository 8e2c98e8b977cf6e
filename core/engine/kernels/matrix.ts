// Matrix products, alone and with the bias and activation that tfjs fuses at inference.
import { add, matMul } from '../graph/operators.ts';
import type { Value } from '../graph/value.ts';
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
};
