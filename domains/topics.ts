// What can be explained, one line each. A topic is computed when it is asked for, by the same core that trains the networks.
import type { Explanation } from './explanation.ts';

export interface Topic {
  /** kebab-case: what is typed. */
  readonly name: string;
  /** What it shows, in a line. */
  readonly summary: string;
  explain(): Promise<Explanation>;
}

export const topics: readonly Topic[] = [
  {
    name: 'model',
    summary: 'LeNet-5 layer by layer and two autoencoders: parameters and connections',
    explain: async () => (await import('./digits/explain/model.ts')).explainModel(),
  },
  {
    name: 'layer',
    summary: 'dense against convolutional layers on an image of 400 x 400 x 3',
    explain: async () => (await import('./digits/explain/layer.ts')).explainLayer(),
  },
  {
    name: 'activation',
    summary: 'activation functions and their derivatives',
    explain: async () => (await import('./digits/explain/activation.ts')).explainActivation(),
  },
  {
    name: 'convolution',
    summary: 'a 3 x 3 convolution, sum by sum',
    explain: async () => (await import('./digits/explain/convolution.ts')).explainConvolution(),
  },
  {
    name: 'pooling',
    summary: 'max-pooling and mean-pooling of 2 x 2 px',
    explain: async () => (await import('./digits/explain/pooling.ts')).explainPooling(),
  },
  {
    name: 'backpropagation',
    summary: 'every derivative of a network of two layers, by hand and by tfjs',
    explain: async () => (await import('./digits/explain/backpropagation.ts')).explainBackpropagation(),
  },
  {
    name: 'learning-rate',
    summary: 'gradient descent with a rate that is too small, good, too large',
    explain: async () => (await import('./digits/explain/learning-rate.ts')).explainLearningRate(),
  },
];
