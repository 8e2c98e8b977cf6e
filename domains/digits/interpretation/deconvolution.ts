// From one activation back to pixels, in the manner of Zeiler and Fergus (ECCV 2014, arXiv:1311.2901): the layers in reverse, filters
// transposed, pooling undone (to the places of the maxima, or evenly where a layer takes sums), and at each squashing function only
// what is positive passed on. Not the gradient: the derivative of the squashing functions plays no part.
import { grads, relu, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import '../../../core/engine/tfjs.ts';

/** Layers whose outputs are squashed inputs, and nothing else. */
const isSquashing = (layer: layers.Layer): boolean =>
  ['Activation', 'DeepfieldScaledTanh'].includes(layer.getClassName());

/** The layers of a chain from the input to the one that is named. @throws RangeError when there is none of the name */
export function layersUpTo(model: LayersModel, name: string): layers.Layer[] {
  const chain = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const at = chain.findIndex((layer) => layer.name === name);
  if (at < 0) throw new RangeError(`layersUpTo: no layer ${name} in ${model.name}`);
  return chain.slice(0, at + 1);
}

/** What the layers answer for an input. */
export const through = (chain: readonly layers.Layer[], x: Tensor): Tensor =>
  chain.reduce((h, layer) => layer.apply(h) as Tensor, x);

/**
 * @param chain layers from the input on
 * @param x their input
 * @param signal of the shape of their output: what is traced back, nought but for one activation
 * @returns of the shape of the input
 */
export const deconvolve = (chain: readonly layers.Layer[], x: Tensor, signal: Tensor): Tensor =>
  tidy(() => {
    const inputs = [x];
    for (const layer of chain.slice(0, -1)) inputs.push(layer.apply(inputs[inputs.length - 1]) as Tensor);
    return chain.reduceRight((back: Tensor, layer, i) => {
      if (isSquashing(layer)) return relu(back);
      const [transposed] = grads((h: Tensor) => layer.apply(h) as Tensor)([inputs[i]], back);
      return transposed;
    }, signal);
  });
