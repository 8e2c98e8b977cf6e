// The parts of images that excite the maps of a layer most, and what of each did, traced back to pixels: the pictures of Zeiler and
// Fergus (2014), figure 2, for the second convolution of a LeNet.
import { dispose, gather, pad, slice, type Tensor, tensor3d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import { asBytes, type StoredImage, storedImage } from '../evaluation/curves.ts';
import type { Classifier } from '../networks/classifier.ts';
import { pixelsOf, side } from '../parts.ts';
import { deconvolve, layersUpTo, through } from './deconvolution.ts';

/** Validation images among which the strongest activations are looked for. */
const searched = 200;
/** Side of what a unit sees: 5 + 1 + 2 (5 - 1). */
const field = 14;
/** Images shown of each map. */
const shownOfEach = 3;

/** Where in a network one looks, and how far the padding of the convolutions before moves what a unit sees. */
export interface LookedInto {
  readonly layer: string;
  readonly padding: number;
}

/** For each map the validation patches that excite it most, each with what of it did. */
export function strongestPatches(
  network: Classifier,
  data: Dataset,
  { layer, padding }: LookedInto,
): StoredImage[][] {
  const rows = data.splits.validation.slice(0, searched);
  const chain = layersUpTo(network.model, layer);
  const pixels = pixelsOf(data, rows);
  const input = tidy(() => network.input(tensor3d(Float32Array.from(pixels), [rows.length, side, side])));
  const activity = tidy(() => through(chain, input));
  const [, height, width, maps] = activity.shape;
  const values = activity.dataSync();
  const patchAt = (image: Tensor, place: number): Float32Array =>
    tidy(() => {
      const around = [padding, padding] as [number, number];
      const wide = pad(image, [[0, 0], around, around, [0, 0]]);
      const from = [0, 2 * Math.floor(place / width), 2 * (place % width), 0];
      return slice(wide, from, [1, field, field, 1]).dataSync().slice() as Float32Array;
    });
  const found = Array.from({ length: maps }, (_, map) => {
    const best = Array.from(rows, (_row, image) => {
      let [most, place] = [Number.NEGATIVE_INFINITY, 0];
      for (let at = 0; at < height * width; at++) {
        const value = values[(image * height * width + at) * maps + map];
        if (value > most) [most, place] = [value, at];
      }
      return { image, place, most };
    });
    return best
      .sort((a, b) => b.most - a.most)
      .slice(0, shownOfEach)
      .flatMap(({ image, place }) => {
        const signal = new Float32Array(height * width * maps);
        signal[place * maps + map] = 1;
        const own = gather(input, [image]);
        const traced = tidy(() => deconvolve(chain, own, tensor4d(signal, [1, height, width, maps])));
        const pair = [asBytes(patchAt(own, place)), asBytes(patchAt(traced, place), true)];
        dispose([own, traced]);
        return pair.map((bytes) => storedImage(bytes, field));
      });
  });
  input.dispose();
  activity.dispose();
  return found;
}
