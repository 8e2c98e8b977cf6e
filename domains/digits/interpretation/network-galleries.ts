// Pictures of what a network has learned, made while its weights are at hand and kept in its model file.
import { gather, mul, oneHot, reshape, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { openEngine } from '../../../core/engine/devices.ts';
import { trainableWeights } from '../../../core/models/named-weights.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Dataset } from '../../../data-adapters/dataset.ts';
import type { StageContext } from '../../domain.ts';
import { asBytes, type Gallery, type StoredImage, storedImage } from '../evaluation/curves.ts';
import type { Classifier } from '../networks/classifier.ts';
import { pixelsOfImage, side } from '../parts.ts';
import { layersUpTo, through } from './deconvolution.ts';
import { excitingImages } from './exciting-images.ts';
import { type LookedInto, strongestPatches } from './strongest-patches.ts';

/** Key of a model file's metadata. */
export const galleriesKey = 'galleries';

/** Filters [h, w, maps] of one input, one picture each. */
function filterImages(kernel: Tensor): StoredImage[] {
  const [height, width, , maps] = kernel.shape;
  const values = kernel.dataSync();
  return Array.from({ length: maps }, (_, map) =>
    storedImage(
      asBytes(
        Float32Array.from({ length: height * width }, (_unused, i) => values[i * maps + map]),
        true,
      ),
      width,
    ),
  );
}

/** The weights of an autoencoder's first layer: what each unit adds up. */
export function encoderGallery(model: LayersModel, id: string): Gallery[] {
  const first = Object.entries(trainableWeights(model)).find(
    ([name, { shape }]) => name.endsWith('/kernel') && shape[0] === pixelsOfImage,
  );
  if (first === undefined) return [];
  const kernel = tidy(() => reshape(first[1], [side, side, 1, -1]).clone());
  const images = filterImages(kernel).slice(0, 32);
  kernel.dispose();
  return [
    {
      id: `filters-${id}`,
      title: `Filters of the first layer, ${id}`,
      caption:
        'Weights from the pixels to each unit: bright where ink raises it, dark where ink lowers it, grey where it does not look.',
      rows: [images.slice(0, 16), images.slice(16)].filter((row) => row.length > 0),
    },
  ];
}

/** A one in column i of row i. */
const unitRows = (n: number): Tensor => oneHot(Array.from({ length: n }, (_, i) => i) as never, n);

/** Activations of the named layer on the centre of its maps, one map an image: what is climbed. */
const centreOf = (answer: Tensor): Tensor => {
  const [rows, height, width, maps] = answer.shape;
  const place = Math.floor(height / 2) * width + Math.floor(width / 2);
  const centre = reshape(gather(reshape(answer, [rows, height * width, maps]), [place], 1), [rows, maps]);
  return sum(mul(centre, unitRows(maps)), 1);
};

/** The second convolution of those kinds of classifiers that have one worth seeing. */
const lookedInto: Readonly<Record<string, LookedInto>> = {
  lenet5: { layer: 'c3-squash', padding: 0 },
  'lenet5-rbf': { layer: 'c3-squash', padding: 0 },
  'modern-lenet': { layer: 'conv2-relu', padding: 2 },
};

/** What is needed to look into a classifier. */
export interface Specimen {
  readonly id: string;
  readonly kind: string;
  readonly network: Classifier;
  readonly data: Dataset;
  readonly random: RandomStream;
}

/** What the maps of the second convolution see, and what the classes look like; nothing of other kinds. */
export async function classifierGalleries(
  { id, kind, network, data, random }: Specimen,
  { device, threads, signal }: Pick<StageContext<unknown>, 'device' | 'threads' | 'signal'>,
): Promise<Gallery[]> {
  const looked = lookedInto[kind];
  if (looked === undefined) return [];
  const { model } = network;
  const chain = layersUpTo(model, looked.layer);
  const size = model.inputs[0].shape[1] as number;
  const range = size === 32 ? { low: -0.1, high: 1.175 } : { low: 0, high: 1 };
  const climb = async (activation: (x: Tensor) => Tensor, units: number) => {
    const engine = await openEngine(device, { threads });
    try {
      const draws = random.split(units);
      const images = await excitingImages({
        engine,
        activation,
        units,
        size,
        ...range,
        random: draws,
        signal,
      });
      return Array.from({ length: units }, (_, unit) =>
        storedImage(asBytes(images.subarray(unit * size * size, (unit + 1) * size * size)), size),
      );
    } finally {
      await engine.dispose();
    }
  };
  const classes = (model.outputShape as number[])[1];
  const ofClass = (x: Tensor): Tensor => {
    const own = sum(mul(model.apply(x) as Tensor, unitRows(classes)), 1);
    return network.distances ? mul(-1, own) : own;
  };
  const patches = strongestPatches(network, data, looked);
  return [
    {
      id: `filters-${id}`,
      title: `Filters of the first convolution, ${id}`,
      caption: 'The six 5 x 5 filters that run over the image: bright where ink raises the map.',
      rows: [filterImages(Object.values(trainableWeights(model))[0])],
    },
    {
      id: `exciting-${id}`,
      title: `What excites ${id}`,
      caption:
        'Activation maximisation. Above, the image that excites the unit in the middle of each map of the second convolution; below, the image that the network is surest of for each class.',
      rows: [await climb((x) => centreOf(through(chain, x)), patches.length), await climb(ofClass, classes)],
    },
    {
      id: `deconvolution-${id}`,
      title: `Traced back to pixels, ${id}`,
      caption:
        'For each map of the second convolution, a column: the three patches of validation images that excite it most, and under each what of it did, traced back through transposed filters (Zeiler and Fergus 2014). Pooling by maxima remembers where they were, so that the traces differ from patch to patch; sub-sampling by sums does not.',
      // Fewer than three where there are fewer validation images.
      rows: Array.from({ length: patches[0].length }, (_, row) => patches.map((own) => own[row])),
    },
  ];
}
