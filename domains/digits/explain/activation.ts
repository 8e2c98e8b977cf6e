// Activation functions and their derivatives, values by tfjs, derivatives by its gradients.
import '../../../core/engine/tfjs.ts';
import {
  elu,
  grad,
  mul,
  relu,
  sigmoid,
  softplus,
  type Tensor,
  tanh,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Explanation } from '../../explanation.ts';

interface Activation {
  readonly name: string;
  readonly formula: string;
  readonly derivative: string;
  readonly apply: (a: Tensor) => Tensor;
}

export const activations: readonly Activation[] = [
  { name: 'sigmoid', formula: '1 / (1 + exp(-a))', derivative: 'f (1 - f)', apply: (a) => sigmoid(a) },
  { name: 'tanh', formula: 'tanh(a)', derivative: '1 - f^2', apply: (a) => tanh(a) },
  {
    name: 'scaled tanh',
    formula: '1.7159 tanh(2 a / 3)',
    derivative: '1.1439 (1 - (f / 1.7159)^2)',
    apply: (a) => mul(1.7159, tanh(mul(2 / 3, a))),
  },
  { name: 'relu', formula: 'max(0, a)', derivative: '1 if a > 0, else 0', apply: (a) => relu(a) },
  {
    name: 'elu',
    formula: 'a if a > 0, else exp(a) - 1',
    derivative: '1 if a > 0, else f + 1',
    apply: (a) => elu(a),
  },
  { name: 'softplus', formula: 'ln(1 + exp(a))', derivative: 'sigmoid(a)', apply: (a) => softplus(a) },
];

/** Values and derivatives of a function at the given places. */
export const curve = (
  { apply }: Activation,
  places: readonly number[],
): { values: number[]; slopes: number[] } =>
  tidy(() => {
    const a = tensor1d([...places]);
    return { values: [...apply(a).dataSync()], slopes: [...grad(apply)(a).dataSync()] };
  });

const shown = [-4, -2, -1, 0, 1, 2, 4];
const drawn = Array.from({ length: 161 }, (_, i) => -4 + i / 20);

function plot(id: string, title: string, caption: string, pick: 'values' | 'slopes') {
  const values = activations.flatMap((activation) => {
    const found = curve(activation, drawn)[pick];
    return drawn.map((a, i) => ({ a, f: found[i], name: activation.name }));
  });
  const vegaLite = {
    data: { values },
    mark: { type: 'line', clip: true },
    encoding: {
      x: { field: 'a', type: 'quantitative', title: 'a' },
      y: {
        field: 'f',
        type: 'quantitative',
        title: pick === 'values' ? 'f(a)' : "f'(a)",
        scale: { domain: [-2, 4] },
      },
      color: { field: 'name', type: 'nominal', title: null, sort: activations.map(({ name }) => name) },
    },
  };
  if (pick === 'slopes') vegaLite.encoding.y.scale.domain = [0, 1.2];
  return { id, title, caption, vegaLite };
}

const table = (title: string, pick: 'values' | 'slopes') => ({
  title,
  head: ['a', ...shown.map(String)],
  rows: activations.map((activation) => [
    activation.name,
    ...curve(activation, shown)[pick].map((value) => value.toFixed(4)),
  ]),
});

export function explainActivation(): Explanation {
  return {
    title: 'Activation functions',
    sections: [
      {
        title: 'Six functions',
        text: [
          'Without a bend between them two layers are one: W2 (W1 x) = (W2 W1) x. The activation function is the bend.',
          'LeNet-5 uses 1.7159 tanh(2 a / 3): its value at 1 is 1 and at -1 is -1, which are the targets, and its second derivative is largest there.',
        ],
        tables: [
          {
            title: 'Formulas, f being f(a)',
            head: ['function', 'f(a)', 'derivative'],
            rows: activations.map(({ name, formula, derivative }) => [name, formula, derivative]),
          },
          table('Values, by tfjs', 'values'),
        ],
        plots: [
          plot(
            'activations',
            'Activation functions',
            'The two tanh and the sigmoid level off on both sides, the others on one.',
            'values',
          ),
        ],
      },
      {
        title: 'Their derivatives',
        text: [
          "Going back through a layer multiplies the error by f'(a). The sigmoid gives 1/4 at most: ten layers of it leave less than a millionth of the error. A relu that is on passes it whole, and one that is off passes none: a unit that is off for every example is dead.",
        ],
        tables: [table("Derivatives, by tfjs's gradient", 'slopes')],
        plots: [
          plot(
            'derivatives',
            'Derivatives',
            'How much of an error comes back through a unit at a.',
            'slopes',
          ),
        ],
      },
    ],
  };
}
