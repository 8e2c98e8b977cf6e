// Every layer of tfjs-layers, written as a model file for any number of rows and run.
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { exportModel } from '../../../core/engine/export.ts';
import { InferenceModel } from '../../../core/engine/inference.ts';
import type { TensorData } from '../../../core/engine/tensor-data.ts';
import '../../../core/engine/tfjs.ts';
import { RandomStream } from '../../../core/random.ts';
import { buildOpen, drawWeights, layerCases, outputsOf } from './layer-cases.ts';

it.each(layerCases.map((layerCase) => [layerCase.name, layerCase] as const))(
  '%s',
  async (name, layerCase) => {
    const random = new RandomStream(8, name);
    const network = buildOpen(layerCase);
    drawWeights(network, random);
    const shapes = layerCase.inputs.map((shape) => shape.slice(1));
    const bytes = exportModel(
      (given) => {
        const results = outputsOf(network.apply(Object.values(given)) as tf.Tensor | tf.Tensor[]);
        return Object.fromEntries(results.map((y, i) => [`y${i}`, y]));
      },
      Object.fromEntries(shapes.map((shape, i) => [`x${i}`, { shape }])),
    );
    const served = await InferenceModel.open(bytes, name);
    for (const rows of [1, 4]) {
      const inputs = shapes.map((shape): TensorData => {
        const size = shape.reduce((a, b) => a * b, rows);
        const { classes } = layerCase;
        const data = Float32Array.from({ length: size }, () =>
          classes === undefined ? random.normal() : random.integer(classes),
        );
        return { dtype: 'float32', shape: [rows, ...shape], data };
      });
      const answers = await served.run(Object.fromEntries(inputs.map((x, i) => [`x${i}`, x])));
      const tensors = inputs.map(({ data, shape }) => tf.tensor(data, [...shape]));
      const expected = outputsOf(network.apply(tensors) as tf.Tensor | tf.Tensor[]);
      expected.forEach((y, i) => {
        expect(answers[`y${i}`].shape).toEqual(y.shape);
        const values = y.dataSync();
        // One forward pass in float32; the bar for an export.
        answers[`y${i}`].data.forEach((value, k) => {
          expect(Math.abs(value - values[k])).toBeLessThan(1e-5);
        });
      });
    }
    await served.dispose();
  },
);
