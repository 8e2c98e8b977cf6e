// The networks as model files that take raw pixels and answer what a person asks for.
import { add, matMul, sub, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PrincipalComponents } from '../../../core/algebra/randomised-pca.ts';
import { exportModel } from '../../../core/engine/export.ts';
import { answers, type Classifier, probabilities } from './classifier.ts';
import { codeOutput, errorOutput, pixelsInput, probabilityOutput, reconstructionOutput } from './names.ts';
import { rowSquaredError, shares } from './reconstruction-objective.ts';

const inputs = { [pixelsInput]: { shape: [28, 28], dtype: 'int32' } } as const;
const pixelsText = 'grey pixels 0 to 255, bright on black, [rows, 28, 28]';

type Metadata = Readonly<Record<string, string>>;

export const exportClassifier = (network: Classifier, id: string, metadata: Metadata = {}): Uint8Array =>
  exportModel(
    ({ [pixelsInput]: pixels }) => ({
      [probabilityOutput]: probabilities(network, answers(network, pixels, false)),
    }),
    inputs,
    {
      name: id,
      metadata: {
        [pixelsInput]: pixelsText,
        [probabilityOutput]: 'of each class, [rows, classes]',
        ...metadata,
      },
    },
  );

/** @param encode code and reconstruction of shares [rows, 784] */
const exportCoder = (
  encode: (x: Tensor) => { readonly code: Tensor; readonly reconstruction: Tensor },
  id: string,
  metadata: Metadata,
): Uint8Array =>
  exportModel(
    ({ [pixelsInput]: pixels }) => {
      const x = shares(pixels);
      const { code, reconstruction } = encode(x);
      return {
        [reconstructionOutput]: reconstruction,
        [codeOutput]: code,
        [errorOutput]: rowSquaredError(x, reconstruction),
      };
    },
    inputs,
    {
      name: id,
      metadata: {
        [pixelsInput]: pixelsText,
        [reconstructionOutput]: 'the image from its code, 0 to 1, [rows, 784]',
        [codeOutput]: '[rows, length of the code]',
        [errorOutput]: 'mean over pixels of the squared difference, [rows, 1]',
        ...metadata,
      },
    },
  );

export const exportAutoencoder = (model: LayersModel, id: string, metadata: Metadata = {}): Uint8Array =>
  exportCoder(
    (x) => {
      const [reconstruction, code] = model.apply(x) as Tensor[];
      return { reconstruction, code };
    },
    id,
    metadata,
  );

/** Projection on components and back; the reconstruction is not kept within 0 and 1, as scikit-learn does not. */
export function exportComponents(
  { mean, components }: PrincipalComponents,
  id: string,
  metadata: Metadata = {},
): Uint8Array {
  const basis = components.map((vector) => [...vector]);
  return exportCoder(
    (x) => {
      const middle = tensor2d([[...mean]]);
      const code = matMul(sub(x, middle) as never, tensor2d(basis), false, true) as Tensor;
      return { code, reconstruction: add(matMul(code as never, tensor2d(basis)), middle) };
    },
    id,
    metadata,
  );
}
