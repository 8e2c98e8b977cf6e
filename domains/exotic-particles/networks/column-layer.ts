// The first layer of every collision network: of all columns of the problem it takes those that the network may see, and
// brings them to one scale. Nothing in it learns.
import {
  add,
  concat,
  div,
  equal,
  log,
  maximum,
  mul,
  serialization,
  slice,
  sub,
  type Tensor,
  tensor,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerConfig } from '../../../core/models/layer-types.ts';
import type { ColumnScaling } from './standardisation.ts';
import '../../../core/engine/tfjs.ts';

/** Columns `from` to before `to`. */
export type ColumnRange = readonly [from: number, to: number];

interface ColumnLayerConfig extends LayerConfig {
  readonly columns: number;
  readonly ranges: readonly ColumnRange[];
  /** One for each column taken, in order. */
  readonly scalings: readonly ColumnScaling[];
}

/** How many columns the ranges take. */
export const columnCount = (ranges: readonly ColumnRange[]): number =>
  ranges.reduce((count, [from, to]) => count + to - from, 0);

class ColumnLayer extends layers.Layer {
  static readonly className = 'DeepfieldColumns';
  private readonly config: ColumnLayerConfig;

  constructor(config: ColumnLayerConfig) {
    super(config);
    const { columns, ranges, scalings } = config;
    for (const [from, to] of ranges)
      if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= columns))
        throw new RangeError(`columnLayer: there are no columns ${from} to ${to} of ${columns}`);
    if (scalings.length !== columnCount(ranges))
      throw new RangeError(
        `columnLayer: expected ${columnCount(ranges)} scalings for the columns taken, got ${scalings.length}`,
      );
    this.config = config;
  }

  override computeOutputShape([rows]: number[]): number[] {
    return [rows, columnCount(this.config.ranges)];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => {
      const taken = this.taken(x);
      const scaled = this.scaled(taken);
      // A missing value is the only one that does not equal itself.
      return this.config.scalings.some(({ missing }) => missing)
        ? where(equal(taken, taken), scaled, zerosLike(scaled))
        : scaled;
    });
  }

  private taken(x: Tensor): Tensor {
    const { columns, ranges } = this.config;
    if (columnCount(ranges) === columns && ranges.length === 1) return x;
    const parts = ranges.map(([from, to]) => slice(x, [0, from], [-1, to - from]));
    return parts.length === 1 ? parts[0] : concat(parts, 1);
  }

  private scaled(x: Tensor): Tensor {
    const { scalings } = this.config;
    const row = (read: (scaling: ColumnScaling) => number): Tensor => tensor([scalings.map(read)]);
    const values = scalings.some(({ logarithm }) => logarithm) ? this.logarithms(x, row) : x;
    return div(
      sub(
        values,
        row(({ shift }) => shift),
      ),
      row(({ scale }) => scale),
    );
  }

  /** ln max(x, floor) where a column asks for it, x elsewhere. */
  private logarithms(x: Tensor, row: (read: (scaling: ColumnScaling) => number) => Tensor): Tensor {
    const wanted = row(({ logarithm }) => (logarithm ? 1 : 0));
    const others = row(({ logarithm }) => (logarithm ? 0 : 1));
    const floors = row(({ logarithm }) => logarithm?.floor ?? 1);
    return add(mul(wanted, log(maximum(x, floors))), mul(others, x));
  }

  override getConfig(): serialization.ConfigDict {
    const { columns, ranges, scalings } = this.config;
    return { ...super.getConfig(), columns, ranges, scalings } as unknown as serialization.ConfigDict;
  }
}

serialization.registerClass(ColumnLayer);

/**
 * [rows, columns] -> [rows, columns taken], each (f(x) - shift) / scale.
 *
 * @param ranges taken, in this order
 * @param scalings one for each column taken
 * @throws RangeError for columns that are not there, or scalings that are not one for each column taken
 */
export const columnLayer = (config: {
  columns: number;
  ranges: readonly ColumnRange[];
  scalings: readonly ColumnScaling[];
  name?: string;
}): layers.Layer => new ColumnLayer(config);
