// A convolution in which each map of the output sees only some maps of the input, by a table (LeCun et al. 1998, table I). Only
// the filters of pairs that are connected are there: none is masked.
import {
  add,
  conv2d,
  matMul,
  reshape,
  serialization,
  type Tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { LayerConfig } from './layer-types.ts';

interface PartialConvolutionConfig extends LayerConfig {
  /** For each map of the output the maps of the input that it sees, from 0. */
  readonly table: number[][];
  readonly kernelSize: number;
  readonly seed?: number;
}

class PartialConvolution extends layers.Layer {
  static readonly className = 'DeepfieldPartialConvolution';
  private readonly table: number[][];
  private readonly kernelSize: number;
  private readonly seed: number | undefined;
  private inputMaps = 0;
  private kernel!: ReturnType<PartialConvolution['addWeight']>;
  private bias!: ReturnType<PartialConvolution['addWeight']>;

  constructor(config: PartialConvolutionConfig) {
    super(config);
    this.table = config.table;
    this.kernelSize = config.kernelSize;
    this.seed = config.seed;
  }

  override build(inputShape: number[]): void {
    const { table, kernelSize: k, seed } = this;
    this.inputMaps = inputShape[3];
    const wrong = table.flat().find((map) => !Number.isInteger(map) || map < 0 || map >= this.inputMaps);
    if (wrong !== undefined)
      throw new RangeError(`partialConvolution: the table names map ${wrong} of ${this.inputMaps}`);
    const pairs = table.flat().length;
    // Uniform within 2.4 / fan-in, as the paper's networks started; the mean number of connected maps stands for each.
    const bound = 2.4 / (k * k * (pairs / table.length));
    const start = initializers.randomUniform({ minval: -bound, maxval: bound, seed });
    this.kernel = this.addWeight('kernel', [k * k, pairs], 'float32', start);
    this.bias = this.addWeight('bias', [table.length], 'float32', initializers.zeros());
    super.build(inputShape);
  }

  /** One row for each pair: where its filter stands among all of [inputs, outputs]. */
  private placement(): Tensor {
    const outputs = this.table.length;
    const pairs = this.table.flatMap((maps, to) => maps.map((from) => from * outputs + to));
    const width = this.inputMaps * outputs;
    const places = new Float32Array(pairs.length * width);
    pairs.forEach((place, row) => {
      places[row * width + place] = 1;
    });
    return tensor2d(places, [pairs.length, width]);
  }

  override computeOutputShape([rows, height, width]: number[]): number[] {
    const lost = this.kernelSize - 1;
    return [rows, height - lost, width - lost, this.table.length];
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const { kernelSize: k, inputMaps, table } = this;
    return tidy(() => {
      const dense = matMul(this.kernel.read() as never, this.placement() as never);
      const filters = reshape(dense, [k, k, inputMaps, table.length]);
      return add(conv2d(x as never, filters as never, 1, 'valid') as Tensor, this.bias.read());
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { table, kernelSize, seed } = this;
    return { ...super.getConfig(), table, kernelSize, ...(seed === undefined ? {} : { seed }) };
  }
}

serialization.registerClass(PartialConvolution);

/**
 * @returns layer from [rows, h, w, inputs] to [rows, h - k + 1, w - k + 1, table.length]; k^2 (pairs of the table) +
 *   table.length parameters
 * @throws RangeError when built on fewer maps than the table names
 */
export const partialConvolution = (config: {
  name?: string;
  table: readonly (readonly number[])[];
  kernelSize: number;
  seed?: number;
}): layers.Layer => new PartialConvolution({ ...config, table: config.table.map((maps) => [...maps]) });
