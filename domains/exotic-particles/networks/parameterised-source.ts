// Events for a parameterised network (Baldi, Cranmer, Faucett, Sadowski and Whiteson, Eur. Phys. J. C 76, 235 (2016),
// arXiv:1601.07913): a theory's parameter, the mass of its particle say, stands among the inputs. Signal has the value it was
// generated with; background has none, and is given one drawn from the signal's, so that the parameter alone tells nothing.
// One network then serves every value, and those between.
import type { RandomStream } from '../../../core/random.ts';
import type { BatchSource } from '../../../core/training/batch-source.ts';
import { featuresInput } from './names.ts';

export interface ParameterisedSourceOptions {
  readonly columns: number;
  /** Column of the parameter; what background has there is replaced. */
  readonly parameter: number;
  /** The signal's values, as often as they occur. */
  readonly values: ArrayLike<number>;
  readonly random: RandomStream;
}

/**
 * The batches of a source with new parameters of their background rows (label 0), drawn anew in every pass.
 *
 * @throws RangeError when there are no values to draw from, or the column is not there
 */
export function parameterisedSource(
  source: BatchSource,
  { columns, parameter, values, random }: ParameterisedSourceOptions,
): BatchSource {
  if (values.length === 0) throw new RangeError('parameterisedSource: there are no values of signal events');
  if (!(Number.isInteger(parameter) && parameter >= 0 && parameter < columns))
    throw new RangeError(`parameterisedSource: there is no column ${parameter} of ${columns}`);
  return {
    size: source.size,
    async *epoch(options) {
      let index = options.skip;
      for await (const { rows, inputs } of source.epoch(options)) {
        const draw = random.split('epoch', options.epoch, 'batch', index++);
        const features = Float32Array.from(inputs[featuresInput]);
        for (let row = 0; row < rows; row++)
          if (inputs.label[row] === 0)
            features[row * columns + parameter] = values[draw.integer(values.length)];
        yield { rows, inputs: { ...inputs, [featuresInput]: features } };
      }
    },
  };
}
