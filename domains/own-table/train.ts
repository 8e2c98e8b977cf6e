// Trains the networks of a run: logistic or linear regression, then the multilayer perceptrons.
import type { MixedUnit } from '../../core/models/mixed-columns.ts';
import type { RandomStream } from '../../core/random.ts';
import type { BatchSource } from '../../core/training/batch-source.ts';
import { adamW } from '../../core/training/optimizers/adam-w.ts';
import { warmUpCosine } from '../../core/training/schedules.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { featuresOf, type TableSchema } from '../../data-adapters/own-table/schema.ts';
import type { TrainContext } from '../domain.ts';
import { trainNetwork } from '../train-network.ts';
import { type OwnTableConfig, schemaOf } from './config.ts';
import { type Answer, buildNetwork } from './networks/build-network.ts';
import { columnUnits } from './networks/column-units.ts';
import { factsFrom, factsText } from './networks/facts.ts';
import { featuresInput, networkIds } from './networks/names.ts';
import { tableSource } from './networks/table-source.ts';
import { rowsOf, type TableNumbers, tablePart } from './parts.ts';
import { trainLinear } from './train-linear.ts';

/** What a network of a run is trained with. */
export interface TableTraining {
  readonly columns: number;
  readonly units: readonly MixedUnit[];
  readonly answer: Answer;
  readonly train: BatchSource;
  readonly validation: BatchSource;
  readonly random: RandomStream;
  readonly metadata: Readonly<Record<string, string>>;
}

function answerOf({ task, classes }: TableSchema, { target }: TableNumbers): Answer {
  if (task === 'classification') return { task, classes: classes.length };
  const mean = target.reduce((sum, y) => sum + y / target.length, 0);
  const deviation = Math.sqrt(target.reduce((sum, y) => sum + (y - mean) ** 2 / target.length, 0));
  return { task, mean, deviation: deviation || 1 };
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The power of two next below a sixteenth of the rows, 32 to 512. */
const usualBatch = (rows: number): number =>
  clamp(2 ** Math.floor(Math.log2(Math.max(1, rows / 16))), 32, 512);

function trainPerceptrons(
  id: string,
  { columns, units, answer, train, validation, random, metadata }: TableTraining,
  context: TrainContext<OwnTableConfig>,
): Promise<void> {
  const { hidden, members, dropout, weightDecay, learningRate, batchSize, epochs } = context.config.network;
  const passes = epochs === 0 ? clamp(Math.round(150_000 / train.size), 4, 100) : epochs;
  const network = buildNetwork({
    columns,
    units,
    answer,
    hidden,
    members,
    dropout,
    random: random.split('weights'),
  });
  return trainNetwork(
    {
      id,
      model: network.model,
      objective: network.objective(0),
      inputs: network.inputs,
      optimizer: adamW({ learningRate, weightDecay, appliesTo: (name) => name.endsWith('kernel') }),
      schedules: { learningRate: warmUpCosine({ peak: learningRate }) },
      train,
      validation,
      earlyStopping: { metric: 'error', mode: 'min', patience: passes },
      batchSize: batchSize === 0 ? usualBatch(train.size) : batchSize,
      epochs: passes,
      stepsPerCall: 4,
      onnx: () => network.exportOnnx(id, metadata),
    },
    context,
  );
}

/** What the rows' numbers mean, for whoever opens a model file. */
const about = (schema: TableSchema): string =>
  featuresOf(schema)
    .map(({ name, kind, categories }) =>
      kind === 'category'
        ? `${name}: 0 to ${categories?.length} for ${[...(categories ?? []), 'other'].join(', ')}`
        : `${name}: ${kind === 'date' ? 'days since 1970' : 'number'}`,
    )
    .join('; ');

export async function train(parts: Parts, context: TrainContext<OwnTableConfig>): Promise<void> {
  const { config, random, signal } = context;
  const schema = schemaOf(config);
  const { train: rows, validation } = parts[tablePart].splits;
  const training = rowsOf(parts, rows);
  const answer = answerOf(schema, training);
  const metadata = {
    facts: factsText(factsFrom(schema, training)),
    [featuresInput]: `${about(schema)}; NaN where missing`,
  };
  for (const id of networkIds) {
    if (context.hasModel(id)) continue;
    signal.throwIfAborted();
    const own = random.split('network', id);
    const given: TableTraining = {
      columns: training.width,
      units: columnUnits(schema, training, config, id === 'linear' ? 0 : config.network.bins),
      answer,
      train: tableSource(training, answer, own.split('order')),
      validation: tableSource(rowsOf(parts, validation), answer),
      random: own,
      metadata,
    };
    await (id === 'linear' ? trainLinear : trainPerceptrons)(id, given, context);
  }
}
