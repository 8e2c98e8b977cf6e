// What each method says of the test rows, from the plainest to the network.

import type { TensorData } from '../../../core/engine/tensor-data.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { TableSchema } from '../../../data-adapters/own-table/schema.ts';
import type { EvaluateContext, Models } from '../../domain.ts';
import { type OwnTableConfig, schemaOf } from '../config.ts';
import { factsOf, type TableFacts } from '../networks/facts.ts';
import {
  featuresInput,
  type NetworkId,
  networkIds,
  probabilityOutput,
  valueOutput,
} from '../networks/names.ts';
import { rowsOf, type TableNumbers, tablePart } from '../parts.ts';
import { neighbourScores } from './neighbours.ts';

/** Answers on the test rows: probabilities, rows x classes, or numbers. */
export interface Scores {
  /** kebab-case. */
  readonly id: string;
  readonly label: string;
  readonly answers: Float32Array;
}

export interface TestScores {
  readonly schema: TableSchema;
  readonly facts: TableFacts;
  readonly test: TableNumbers & { readonly rows: number };
  /** The last one is the network. */
  readonly scores: readonly Scores[];
  /** Units of the bootstrap: rows of the test set that belong together. */
  readonly units: readonly (readonly number[])[];
  /** Whether some of them have several rows. */
  readonly grouped: boolean;
}

/** Rows that are run at once. */
const blockRows = 8192;

/** Answers of a network for some rows. @param read what of its outputs; the probabilities or the number by default */
export async function runNetwork(
  id: NetworkId,
  features: Float32Array,
  width: number,
  models: Models,
  read = (outputs: Readonly<Record<string, TensorData>>): Float32Array =>
    (outputs[probabilityOutput] ?? outputs[valueOutput]).data as Float32Array,
): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  for (let start = 0; start < features.length; start += blockRows * width) {
    const data = features.subarray(start, start + blockRows * width);
    const outputs = await models.run(id, {
      [featuresInput]: { dtype: 'float32', shape: [data.length / width, width], data },
    });
    blocks.push(read(outputs));
  }
  const all = new Float32Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

const networkLabel = (id: NetworkId, { task }: TableSchema): string =>
  id === 'network'
    ? 'multilayer perceptron'
    : task === 'classification'
      ? 'logistic regression'
      : 'linear regression';

function unitsOf({ group }: TableNumbers): number[][] {
  const units = new Map<number, number[]>();
  group.forEach((number, row) => {
    const known = units.get(number);
    if (known) known.push(row);
    else units.set(number, [row]);
  });
  return [...units.values()];
}

/** What is said of every row alike: the share of each class, or the mean. */
const constant = ({ task }: TableSchema, { shares }: TableFacts, rows: number): Scores => ({
  id: task === 'classification' ? 'majority' : 'mean',
  label: task === 'classification' ? 'the share of each class' : 'the mean',
  answers: Float32Array.from({ length: rows * shares.length }, (_, i) => shares[i % shares.length]),
});

/** The known probabilities of a generated table. */
const known = ({ truth }: TableNumbers): Scores[] =>
  truth === undefined
    ? []
    : [
        {
          id: 'bayes-bound',
          label: 'known probabilities',
          answers: Float32Array.from({ length: 2 * truth.length }, (_, i) =>
            i % 2 === 1 ? truth[i >> 1] : 1 - truth[i >> 1],
          ),
        },
      ];

export async function scoreTable(
  parts: Parts,
  context: EvaluateContext<OwnTableConfig>,
): Promise<TestScores> {
  const { models, config, signal } = context;
  const schema = schemaOf(config);
  const test = rowsOf(parts, parts[tablePart].splits.test);
  const facts = factsOf(await models.metadata('network'));
  const networks: Scores[] = [];
  for (const id of networkIds) {
    signal.throwIfAborted();
    networks.push({
      id,
      label: networkLabel(id, schema),
      answers: await runNetwork(id, test.features, test.width, models),
    });
  }
  const units = unitsOf(test);
  return {
    schema,
    facts,
    test,
    scores: [
      constant(schema, facts, test.rows),
      ...known(test),
      ...(await neighbourScores(parts, context)),
      ...networks,
    ],
    units,
    grouped: schema.group !== '',
  };
}
