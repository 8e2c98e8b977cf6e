// Steps of a record as vectors: the sum of the vectors of a step's codes. Its gradient adds to the rows that were looked
// up and never multiplies by a one-hot matrix.
import {
  cast,
  expandDims,
  gather,
  greater,
  mul,
  serialization,
  slice,
  squeeze,
  sum,
  type Tensor,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import '../engine/tfjs.ts';
import type { Initializer, LayerConfig } from './layer-types.ts';

export interface CodeVectorsOptions {
  readonly name?: string;
  /** Number V of codes; they are counted from 1, and 0 is none. */
  readonly codes: number;
  /** Size D of a vector. */
  readonly width: number;
  /** Start of the vectors [V + 1, D]. Default uniform in +-0.05. */
  readonly initializer?: Initializer;
  /** The vectors to start from instead, row by row. */
  readonly vectors?: Float32Array;
  /** Whether training changes the vectors. Default true. */
  readonly trainable?: boolean;
}

interface CodeVectorsConfig extends LayerConfig {
  readonly codes: number;
  readonly width: number;
}

/** An initializer that gives the numbers given to it, in the shape that is asked for. */
const startingAt = (numbers: Float32Array): Initializer =>
  ({ apply: (shape: number[]) => tensor(numbers, shape) }) as unknown as Initializer;

class CodeVectors extends layers.Layer {
  static readonly className = 'DeepfieldCodeVectors';
  private readonly codes: number;
  private readonly width: number;
  private readonly start: Initializer;
  private vectors!: ReturnType<CodeVectors['addWeight']>;

  constructor(config: CodeVectorsConfig, start?: Initializer) {
    super(config);
    for (const size of [config.codes, config.width])
      if (!Number.isInteger(size) || size < 1)
        throw new RangeError(`codeVectors: expected whole numbers of codes and width >= 1, got ${size}`);
    this.codes = config.codes;
    this.width = config.width;
    this.start = start ?? initializers.randomUniform({ minval: -0.05, maxval: 0.05 });
  }

  override build(inputShape: number[]): void {
    this.vectors = this.addWeight('vectors', [this.codes + 1, this.width], 'float32', this.start);
    super.build(inputShape);
  }

  override computeOutputShape([rows, steps]: number[]): number[] {
    return [rows, steps, this.width];
  }

  override computeMask(inputs: Tensor | Tensor[]): Tensor {
    const codes = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => greater(squeeze(slice(codes, [0, 0, 0], [-1, -1, 1]), [2]), 0));
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const codes = Array.isArray(inputs) ? inputs[0] : inputs;
    return tidy(() => {
      const ids = cast(codes, 'int32');
      const present = expandDims(cast(greater(ids, 0), 'float32'), -1);
      return sum(mul(gather(this.vectors.read(), ids as never), present), 2);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), codes: this.codes, width: this.width };
  }
}

serialization.registerClass(CodeVectors);

/**
 * s_t = sum_k E[c_tk] over the codes of step t, which are numbers 1 ... V; 0 is no code. A step whose first code is 0 is
 * masked.
 *
 * @returns layer from [rows, T, K] to [rows, T, D]; (V + 1) D parameters
 * @throws RangeError unless `codes` and `width` are whole numbers >= 1
 */
export const codeVectors = ({ initializer, vectors, ...config }: CodeVectorsOptions): layers.Layer =>
  new CodeVectors(config, vectors === undefined ? initializer : startingAt(vectors));
