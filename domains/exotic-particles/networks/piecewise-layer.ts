// Piecewise-linear encoding of numbers (Gorishniy, Rubachev and Babenko 2022, arXiv:2203.05556, section 3.2): how far a value
// has come through each of several bins, next to the value itself. It gives a network steps and peaks at hand, a resonance in
// a mass for one, that it would have to bend its layers for. Nothing in it learns.
import {
  clipByValue,
  concat,
  div,
  matMul,
  serialization,
  sub,
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

interface Bin {
  readonly column: number;
  readonly low: number;
  readonly high: number;
}

const binsOf = (knots: Knots): Bin[] =>
  knots.flatMap((ends, column) => ends.slice(1).map((high, i) => ({ column, low: ends[i], high })));

class PiecewiseLayer extends layers.Layer {
  static readonly className = 'DeepfieldPiecewiseLinear';
  private readonly knots: Knots;
  private readonly bins: readonly Bin[];

  constructor(config: PiecewiseLayerConfig) {
    super(config);
    this.knots = config.knots;
    this.bins = binsOf(config.knots);
  }

  override computeOutputShape([rows, columns]: number[]): number[] {
    return [rows, columns + this.bins.length];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const { bins, knots } = this;
    if (bins.length === 0) return x;
    return tidy(() => {
      const chooser = new Float32Array(knots.length * bins.length);
      bins.forEach(({ column }, k) => {
        chooser[column * bins.length + k] = 1;
      });
      const row = (read: (bin: Bin) => number): Tensor => tensor2d([bins.map(read)]);
      const chosen = matMul(x as never, tensor2d(chooser, [knots.length, bins.length]));
      const along = div(
        sub(
          chosen,
          row(({ low }) => low),
        ),
        row(({ low, high }) => high - low),
      );
      return concat([x, clipByValue(along, 0, 1)], 1);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), knots: this.knots } as unknown as serialization.ConfigDict;
  }
}

serialization.registerClass(PiecewiseLayer);

/** [rows, columns] -> [rows, columns + bins]: the numbers, then clip((x - low) / (high - low), 0, 1) for every bin. */
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
