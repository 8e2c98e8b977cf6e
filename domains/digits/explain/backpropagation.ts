// Backpropagation through a network of two inputs, two hidden and two output units, on one example, each derivative by hand and by
// tfjs. The numbers are those of M. Mazur, A Step by Step Backpropagation Example (2015).
import { logistic } from '../../../core/metrics/logistic.ts';
import '../../../core/engine/tfjs.ts';
import {
  add,
  grads,
  matMul,
  mul,
  sigmoid,
  square,
  sub,
  sum,
  type Tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Explanation } from '../../explanation.ts';

const inputs = [0.05, 0.1] as const;
const targets = [0.01, 0.99] as const;
/** Weights from each unit of a layer (rows) to each of the next (columns). */
const first = [
  [0.15, 0.25],
  [0.2, 0.3],
] as const;
const second = [
  [0.4, 0.5],
  [0.45, 0.55],
] as const;
const biases = [0.35, 0.6] as const;

const both = <T>(f: (i: 0 | 1) => T): [T, T] => [f(0), f(1)];

export interface Derivatives {
  readonly hidden: readonly [number, number];
  readonly outputs: readonly [number, number];
  readonly loss: number;
  /** dE/da of the output and the hidden units, a being what goes into the sigmoid. */
  readonly outputDeltas: readonly [number, number];
  readonly hiddenDeltas: readonly [number, number];
  /** dE/dw by rows as the weights: of the first layer, then of the second. */
  readonly weights: readonly number[];
}

/** The chain rule, line by line. E = 1/2 sum (target - output)^2. */
export function byHand(): Derivatives {
  const hidden = both((j) => logistic(inputs[0] * first[0][j] + inputs[1] * first[1][j] + biases[0]));
  const outputs = both((k) => logistic(hidden[0] * second[0][k] + hidden[1] * second[1][k] + biases[1]));
  const loss = both((k) => (targets[k] - outputs[k]) ** 2 / 2).reduce((a, b) => a + b);
  const outputDeltas = both((k) => (outputs[k] - targets[k]) * outputs[k] * (1 - outputs[k]));
  const hiddenDeltas = both(
    (j) => (outputDeltas[0] * second[j][0] + outputDeltas[1] * second[j][1]) * hidden[j] * (1 - hidden[j]),
  );
  const weights = [
    ...both((i) => both((j) => inputs[i] * hiddenDeltas[j])).flat(),
    ...both((j) => both((k) => hidden[j] * outputDeltas[k])).flat(),
  ];
  return { hidden, outputs, loss, outputDeltas, hiddenDeltas, weights };
}

/** The eight derivatives of the weights from tfjs, in the same order. */
export const byTfjs = (): number[] =>
  tidy(() => {
    const x = tensor2d([...inputs], [1, 2]);
    const t = tensor2d([...targets], [1, 2]);
    const loss = (v: Tensor, w: Tensor): Tensor => {
      const hidden = sigmoid(add(matMul(x, v), biases[0]));
      const output = sigmoid(add(matMul(hidden, w), biases[1]));
      return mul(0.5, sum(square(sub(t, output))));
    };
    const derivatives = grads(loss)([tensor2d(first.flat(), [2, 2]), tensor2d(second.flat(), [2, 2])]);
    return derivatives.flatMap((derivative) => [...derivative.dataSync()]);
  });

const text = (value: number): string => value.toFixed(9);

export function explainBackpropagation(): Explanation {
  const { hidden, outputs, loss, outputDeltas, hiddenDeltas, weights } = byHand();
  const machine = byTfjs();
  const names = [
    ...both((i) => both((j) => [`v${i + 1}${j + 1}`, `x${i + 1} d(h${j + 1})`])),
    ...both((j) => both((k) => [`w${j + 1}${k + 1}`, `h${j + 1} d(y${k + 1})`])),
  ].flat();
  const old = [...first.flat(), ...second.flat()];
  const far = Math.max(...weights.map((weight, i) => Math.abs(weight - machine[i])));
  return {
    title: 'Backpropagation',
    sections: [
      {
        title: 'Forward',
        text: [
          'Two inputs x, two hidden units h, two outputs y, each unit a sigmoid of a = weights times what comes in, plus a bias. One example: x = (0.05, 0.10), targets t = (0.01, 0.99). The error is E = 1/2 [(t1 - y1)^2 + (t2 - y2)^2].',
        ],
        tables: [
          {
            title: `Values on the way; E = ${text(loss)}`,
            head: ['unit', 'what goes in', 'sigmoid of it'],
            rows: [
              ...both((j) => [
                `h${j + 1}`,
                `${inputs[0]}*${first[0][j]} + ${inputs[1]}*${first[1][j]} + ${biases[0]}`,
                text(hidden[j]),
              ]),
              ...both((k) => [
                `y${k + 1}`,
                `h1*${second[0][k]} + h2*${second[1][k]} + ${biases[1]}`,
                text(outputs[k]),
              ]),
            ],
          },
        ],
      },
      {
        title: 'Backward',
        text: [
          "For each unit d = dE/da. At an output d = (y - t) y (1 - y): the error times the sigmoid's derivative. At a hidden unit d = (w1 d(y1) + w2 d(y2)) h (1 - h): the d of the outputs, come back over the weights they went out by.",
        ],
        tables: [
          {
            title: 'dE/da of each unit',
            head: ['unit', 'd'],
            rows: [
              ...both((k) => [`y${k + 1}`, text(outputDeltas[k])]),
              ...both((j) => [`h${j + 1}`, text(hiddenDeltas[j])]),
            ],
          },
        ],
      },
      {
        title: 'Derivatives of the weights',
        text: [
          `The derivative of a weight is what goes into it times the d of what it leads to. tfjs finds the same by recording the operations and going back over them; the largest difference is ${far.toExponential(0)}, the rounding of float32. A step of gradient descent takes 0.5 times the derivative off each weight.`,
        ],
        tables: [
          {
            title: 'Eight weights',
            head: ['weight', 'value', 'derivative is', 'by hand', 'by tfjs', 'after a step'],
            rows: names.map(([name, rule], i) => [
              name,
              `${old[i]}`,
              rule,
              text(weights[i]),
              text(machine[i]),
              text(old[i] - 0.5 * weights[i]),
            ]),
          },
        ],
      },
    ],
  };
}
