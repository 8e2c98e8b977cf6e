// The first layer of a network on a table of mixed columns: numbers are filled where they are missing and brought to one
// scale, categories become one number for each word (one-hot), and what is missing can be told. Nothing in it learns.
import {
  add,
  addN,
  cast,
  clipByValue,
  div,
  equal,
  gather,
  mul,
  notEqual,
  serialization,
  sub,
  type Tensor,
  tensor,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerConfig } from './layer-types.ts';
import '../engine/tfjs.ts';

/** One number that the layer makes of one column; a missing value is NaN. */
export type MixedUnit =
  /** (x - shift) / scale within +-10, `fill` standing for a missing x. */
  | {
      readonly of: 'value';
      readonly column: number;
      readonly fill: number;
      readonly shift: number;
      readonly scale: number;
    }
  /**
   * (x - shift) / scale within 0 and 1, `fill` standing for a missing x: how much of a bin lies below x. The bins of a column
   * together are its piecewise-linear encoding (Gorishniy, Rubachev and Babenko 2022).
   */
  | {
      readonly of: 'bin';
      readonly column: number;
      readonly fill: number;
      readonly shift: number;
      readonly scale: number;
    }
  /** 1 where the column has this code, else 0. */
  | { readonly of: 'code'; readonly column: number; readonly code: number }
  /** 1 where the column is missing, else 0. */
  | { readonly of: 'missing'; readonly column: number };

interface MixedColumnsConfig extends LayerConfig {
  readonly columns: number;
  readonly units: readonly MixedUnit[];
}

/** Scaled numbers further out say no more: one slip of the pen must not decide a prediction. */
const furthest = 10;

/** No column has this code. */
const noCode = -1e30;

class MixedColumns extends layers.Layer {
  static readonly className = 'DeepfieldMixedColumns';
  private readonly config: MixedColumnsConfig;

  constructor(config: MixedColumnsConfig) {
    super(config);
    const wrong = config.units.find(
      ({ column }) => !(Number.isInteger(column) && column >= 0 && column < config.columns),
    );
    if (wrong !== undefined) {
      throw new RangeError(`mixedColumns: there is no column ${wrong.column} of ${config.columns}`);
    }
    this.config = config;
  }

  override computeOutputShape([rows]: number[]): number[] {
    return [rows, this.config.units.length];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const { units } = this.config;
    const row = (read: (unit: MixedUnit) => number): Tensor => tensor([units.map(read)]);
    const mask = (of: MixedUnit['of']): Tensor => row((unit) => (unit.of === of ? 1 : 0));
    return tidy(() => {
      const own = gather(
        x,
        tensor(
          units.map(({ column }) => column),
          [units.length],
          'int32',
        ),
        1,
      );
      // A missing value is the only one that does not equal itself.
      const fill = row((unit) => ('fill' in unit ? unit.fill : noCode));
      const filled = where(equal(own, own), own, add(zerosLike(own), fill));
      const shifted = sub(
        filled,
        row((unit) => ('fill' in unit ? unit.shift : 0)),
      );
      const scaled = div(
        shifted,
        row((unit) => ('fill' in unit ? unit.scale : 1)),
      );
      const codes = cast(
        equal(
          filled,
          row((unit) => (unit.of === 'code' ? unit.code : noCode)),
        ),
        'float32',
      );
      const absent = cast(notEqual(own, own), 'float32');
      return addN([
        mul(clipByValue(scaled, -furthest, furthest), mask('value')),
        mul(clipByValue(scaled, 0, 1), mask('bin')),
        mul(codes, mask('code')),
        mul(absent, mask('missing')),
      ]);
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { columns, units } = this.config;
    return { ...super.getConfig(), columns, units } as unknown as serialization.ConfigDict;
  }
}

serialization.registerClass(MixedColumns);

/**
 * [rows, columns] -> [rows, units].
 *
 * @throws RangeError for a unit of a column that is not there
 */
export const mixedColumns = (config: {
  readonly columns: number;
  readonly units: readonly MixedUnit[];
  readonly name?: string;
}): layers.Layer => new MixedColumns(config);

/** What the layer makes of rows, in plain numbers: rows x units. */
export function mixedNumbers(
  features: ArrayLike<number>,
  columns: number,
  units: readonly MixedUnit[],
): Float32Array {
  const rows = features.length / columns;
  const out = new Float32Array(rows * units.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const unit of units) out[at++] = unitNumber(features[row * columns + unit.column], unit);
  }
  return out;
}

function unitNumber(x: number, unit: MixedUnit): number {
  if (unit.of === 'code') return Number(x === unit.code);
  if (unit.of === 'missing') return Number(Number.isNaN(x));
  const scaled = ((Number.isNaN(x) ? unit.fill : x) - unit.shift) / unit.scale;
  const [least, most] = unit.of === 'bin' ? [0, 1] : [-furthest, furthest];
  return Math.min(most, Math.max(least, scaled));
}
