// Piecewise-linear encoding of numbers (Gorishniy, Rubachev and Babenko 2022, arXiv:2203.05556, section 3.2): how far a value
// has come through each of several bins, next to the value itself. It gives a network steps and peaks at hand, a resonance in
// a mass for one, that it would have to bend its layers for. Nothing in it learns.
import {
  add,
  clipByValue,
  concat,
  mul,
  reshape,
  serialization,
  type Tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { quantile } from '../../../core/metrics/bootstrap.ts';
import '../../../core/engine/tfjs.ts';

type LayerConfig = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** Ends of the bins of each number, rising. */
export type Knots = readonly (readonly number[])[];

interface PiecewiseLayerConfig extends LayerConfig {
  readonly knots: Knots;
}

/** Bins of the number that has most. */
const mostBins = (knots: Knots): number => Math.max(0, ...knots.map((ends) => ends.length - 1));

class PiecewiseLayer extends layers.Layer {
  static readonly className = 'DeepfieldPiecewiseLinear';
  private readonly knots: Knots;

  constructor(config: PiecewiseLayerConfig) {
    super(config);
    this.knots = config.knots;
  }

  override computeOutputShape([rows, columns]: number[]): number[] {
    return [rows, columns * (1 + mostBins(this.knots))];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const { knots } = this;
    const [columns, bins] = [knots.length, mostBins(knots)];
    if (bins === 0) return x;
    // x / width - low / width: every number times a row for each of its bins, which broadcasts over whole rows of columns.
    const slopes = new Float32Array(bins * columns);
    const offsets = new Float32Array(bins * columns);
    knots.forEach((ends, column) => {
      for (let bin = 0; bin + 1 < ends.length; bin++) {
        const width = ends[bin + 1] - ends[bin];
        slopes[bin * columns + column] = 1 / width;
        offsets[bin * columns + column] = -ends[bin] / width;
      }
    });
    return tidy(() => {
      const along = add(
        mul(reshape(x, [-1, 1, columns]), tensor2d(slopes, [bins, columns])),
        tensor2d(offsets, [bins, columns]),
      );
      return concat([x, reshape(clipByValue(along, 0, 1), [-1, bins * columns])], 1);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), knots: this.knots } as unknown as serialization.ConfigDict;
  }
}

serialization.registerClass(PiecewiseLayer);

/**
 * [rows, columns] -> [rows, columns (1 + bins)]: the numbers, then clip((x - low) / (high - low), 0, 1) of their first bins, of
 * their second and so on; 0 for the bins that a number has less than another.
 */
export const piecewiseLayer = (config: { knots: Knots; name?: string }): layers.Layer =>
  new PiecewiseLayer(config);

/**
 * Knots at the quantiles of some rows, `bins` bins for each column and fewer where quantiles are equal.
 *
 * @param values rows x columns, row-major
 */
export function quantileKnots(values: ArrayLike<number>, columns: number, bins: number): Knots {
  const rows = values.length / columns;
  return Array.from({ length: columns }, (_, c) => {
    const sorted = Float64Array.from({ length: rows }, (_, row) => values[row * columns + c]).sort();
    const ends = Array.from({ length: bins + 1 }, (_, k) => Math.fround(quantile(sorted, k / bins)));
    return ends.filter((end, k) => k === 0 || end > ends[k - 1]);
  });
}
