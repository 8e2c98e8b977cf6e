// The parameter of a theory among the features: a mass that signal was generated with and background knows nothing of. One
// network then serves every mass, and those between (Baldi, Cranmer, Faucett, Sadowski and Whiteson 2016).
import { UserError } from '../../core/errors.ts';
import type { RandomStream } from '../../core/random.ts';
import { nearest } from '../../core/suggest.ts';
import type { BatchSource } from '../../core/training/batch-source.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { CollisionsConfig } from './config.ts';
import { parameterisedSource } from './networks/parameterised-source.ts';
import { featuresOf, type Problem } from './problems.ts';

/** Signal events whose values background is given. */
const mostValues = 100_000;

export interface Parameter {
  /** Its place among the features. */
  readonly parameter: number;
  /** Values of signal events. */
  readonly values: Float32Array;
}

/** @throws UserError for a parameter that is no feature */
export async function parameterOf(
  problem: Problem,
  { splits }: StoredDataset,
  { source }: CollisionsConfig,
): Promise<Parameter | undefined> {
  if (source.parameter === '') return undefined;
  const names = featuresOf(problem);
  const parameter = names.indexOf(source.parameter);
  if (parameter < 0) {
    const near = nearest(source.parameter, names);
    throw new UserError({
      what: `no feature ${JSON.stringify(source.parameter)}`,
      where: 'source.parameter',
      how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `choose one of ${names.join(', ')}`,
    });
  }
  const { size, columns } = await splits.train.sample(mostValues, ['features', 'label']);
  const values: number[] = [];
  for (let row = 0; row < size; row++) {
    if (columns.label.data[row] === 1) values.push(columns.features.data[row * names.length + parameter]);
  }
  return { parameter, values: Float32Array.from(values) };
}

/** The source with parameters of background drawn anew; the source itself where there is no parameter. */
export const withParameter = (
  source: BatchSource,
  columns: number,
  given: Parameter | undefined,
  random: RandomStream,
): BatchSource => (given === undefined ? source : parameterisedSource(source, { columns, ...given, random }));
