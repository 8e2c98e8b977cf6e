// The models of the course in numbers: LeNet-5 layer by layer (Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, Proc. IEEE 86, 2278 (1998),
// II-B and table I), counted from its plan, and the two autoencoders, built by tfjs and counted.
import '../../../core/engine/tfjs.ts';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Explanation } from '../../explanation.ts';
import { whole } from './number-table.ts';

/** Maps of S2 that each of the sixteen maps of C3 sees (table I). */
export const c3Table: readonly (readonly number[])[] = [
  ...[0, 1, 2, 3, 4, 5].map((i) => [i, (i + 1) % 6, (i + 2) % 6]),
  ...[0, 1, 2, 3, 4, 5].map((i) => [i, (i + 1) % 6, (i + 2) % 6, (i + 3) % 6]),
  ...[0, 1, 2].map((i) => [i, (i + 1) % 6, (i + 3) % 6, (i + 4) % 6]),
  [0, 1, 2, 3, 4, 5],
].map((maps) => [...maps].sort());

export interface CountedLayer {
  readonly name: string;
  readonly kind: string;
  readonly output: string;
  readonly parameters: number;
  readonly connections: number;
}

/** A convolution: every map has a kernel for each map that it sees, and a bias. */
function convolution(name: string, kernel: number, seen: readonly number[], side: number): CountedLayer {
  const parameters = seen.reduce((sum, maps) => sum + maps * kernel * kernel + 1, 0);
  const output = `${seen.length} @ ${side} x ${side}`;
  return {
    name,
    kind: `convolution ${kernel} x ${kernel}`,
    output,
    parameters,
    connections: parameters * side * side,
  };
}

/** Sub-sampling: four numbers added, one weight and one bias a map. */
const subSampling = (name: string, maps: number, side: number): CountedLayer => ({
  name,
  kind: 'sub-sampling 2 x 2',
  output: `${maps} @ ${side} x ${side}`,
  parameters: 2 * maps,
  connections: 5 * maps * side * side,
});

/** LeNet-5 on 32 x 32 px. The centres of the output's radial basis functions are fixed. */
export const lenet5: readonly CountedLayer[] = [
  convolution('C1', 5, new Array(6).fill(1), 28),
  subSampling('S2', 6, 14),
  convolution(
    'C3',
    5,
    c3Table.map((maps) => maps.length),
    10,
  ),
  subSampling('S4', 16, 5),
  convolution('C5', 5, new Array(120).fill(16), 1),
  { name: 'F6', kind: 'dense', output: '84', parameters: 84 * 121, connections: 84 * 121 },
  { name: 'output', kind: 'radial basis, fixed', output: '10', parameters: 0, connections: 840 },
];

const total = (of: 'parameters' | 'connections'): number => lenet5.reduce((sum, layer) => sum + layer[of], 0);

/** Parameters of each layer of a dense autoencoder, from layers that tfjs builds. */
export function countAutoencoder(widths: readonly number[]): number[] {
  const model = sequential();
  widths.slice(1).forEach((units, i) => {
    model.add(
      layers.dense({ units, kernelInitializer: 'zeros', ...(i === 0 && { inputShape: [widths[0]] }) }),
    );
  });
  const counts = model.layers.map((layer) => layer.countParams());
  model.dispose();
  return counts;
}

export const autoencoders = [
  [784, 32, 784],
  [784, 128, 64, 32, 64, 128, 784],
] as const;

export function explainModel(): Explanation {
  const counted = autoencoders.map((widths) => ({ widths, counts: countAutoencoder(widths) }));
  return {
    title: 'Models',
    sections: [
      {
        title: 'LeNet-5, layer by layer',
        text: [
          'A digit of 28 x 28 px stands in a field of 32 x 32. Convolutions (C) find features, sub-sampling (S) makes their places less exact, dense layers (F) decide. A connection is a weight or bias at work: shared weights make few parameters of many connections.',
        ],
        tables: [
          {
            title: `${whole(total('parameters'))} trainable parameters, ${whole(total('connections'))} connections`,
            head: ['layer', 'kind', 'output', 'parameters', 'connections'],
            rows: [
              ...lenet5.map(({ name, kind, output, parameters, connections }) => [
                name,
                kind,
                output,
                whole(parameters),
                whole(connections),
              ]),
              ['all', '', '', whole(total('parameters')), whole(total('connections'))],
            ],
          },
        ],
      },
      {
        title: 'What each map of C3 sees',
        text: [
          'Not every map of C3 sees every map of S2: that breaks the symmetry between them and saves weights. Six see three neighbours, six see four, three see four that are no neighbours, one sees all: 60 kernels of 25 weights and 16 biases, 1,516 parameters.',
        ],
        tables: [
          {
            title: 'Table I of the paper: maps of S2 (rows) that maps of C3 (columns) see',
            head: ['', ...c3Table.map((_, i) => `${i}`)],
            rows: [0, 1, 2, 3, 4, 5].map((map) => [
              `${map}`,
              ...c3Table.map((seen) => (seen.includes(map) ? 'X' : '')),
            ]),
          },
        ],
      },
      {
        title: 'Autoencoders',
        text: [
          'An autoencoder squeezes 784 pixels through a code of 32 numbers and back: 24.5 to 1. Its layers are dense, inputs x units + units each, counted from layers that tfjs has built.',
        ],
        tables: counted.map(({ widths, counts }) => ({
          title: `${widths.join(' - ')}: ${whole(counts.reduce((a, b) => a + b, 0))} parameters`,
          head: ['layer', 'inputs x units + units', 'parameters'],
          rows: counts.map((count, i) => [
            `${i + 1}`,
            `${widths[i]} x ${widths[i + 1]} + ${widths[i + 1]}`,
            whole(count),
          ]),
        })),
      },
    ],
  };
}
