// Numbers that others have published for MNIST's own test set, by the names that networks have in the presets. Errors are shares.
import type { Dataset } from '../../../data-adapters/dataset.ts';

interface Reference {
  readonly value: number;
  readonly from: string;
}

/** Test errors. */
export const publishedErrors: Readonly<Record<string, Reference>> = {
  lenet5: { value: 0.008, from: 'LeNet-5 with distortions, LeCun et al. 1998' },
  'lenet5-rbf': { value: 0.0095, from: 'LeNet-5 without distortions, LeCun et al. 1998' },
  'lenet5-plain': { value: 0.0095, from: 'LeNet-5 without distortions, LeCun et al. 1998' },
  committee: { value: 0.0023, from: '35 columns, Ciresan, Meier and Schmidhuber 2012' },
  neighbours: { value: 0.0309, from: 'nearest neighbours by Euclidean distance, the page of MNIST' },
};

/** Binary cross-entropies of test images, Keras 3.15 with the settings of its blog. */
export const kerasCrossEntropies: Readonly<Record<string, Reference>> = {
  autoencoder: { value: 0.0915, from: 'Keras with the same network, 50 epochs' },
  'deep-autoencoder': { value: 0.0836, from: 'Keras with the same network, 100 epochs' },
  'sparse-autoencoder': { value: 0.0918, from: 'Keras with the same network, 100 epochs' },
};

/** Mean squared errors of test images by scikit-learn's PCA, by number of components. */
export const scikitLearnErrors: Readonly<Record<string, Reference>> = {
  'pca-2': { value: 0.055669, from: 'scikit-learn, full SVD' },
  'pca-16': { value: 0.02686, from: 'scikit-learn, full SVD' },
  'pca-32': { value: 0.016828, from: 'scikit-learn, full SVD' },
  'pca-64': { value: 0.009047, from: 'scikit-learn, full SVD' },
};

/** Classes and summed pixels of the first test images of MNIST. */
const first = [7, 2, 1, 0, 4, 1, 4, 9, 5, 9];
const firstInk = 18_454;

/** Whether the test images are MNIST's own, for which the numbers above hold. */
export function isMnistTest(data: Dataset): boolean {
  const { test } = data.splits;
  if (test.length !== 10_000) return false;
  const { data: labels } = data.column('label');
  const { data: pixels } = data.column('pixels');
  let ink = 0;
  for (let i = 0; i < 784; i++) ink += pixels[test[0] * 784 + i];
  return ink === firstInk && first.every((label, i) => labels[test[i]] === label);
}
