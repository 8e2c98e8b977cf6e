// From one event, as JSON or as a row of a table, to the probability that it is signal.
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { readJsonItems } from '../../data-adapters/formats/json-items.ts';
import { tableEndings } from '../../data-adapters/tables/table-endings.ts';
import type { DecodedRequest, Models, Prediction } from '../domain.ts';
import { memberCount, spreadOfOutput } from '../ensemble.ts';
import { classifiersOf, leadingClassifier } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import { type EventAnswer, type EventRequest, eventAnswer, eventRequest } from './event-request.ts';
import { examples } from './examples.ts';
import { searchesOf } from './network-id.ts';
import { featuresInput, signalOutput } from './networks/names.ts';
import { predictTable } from './predict-table.ts';
import { featuresOf, type Problem, type ProblemName } from './problems.ts';
import { spreadOf, togetherOf } from './scored-events.ts';
import { showEvent } from './show.ts';
import { problemOf } from './source-problem.ts';

function searchOf({ search }: EventRequest, { ids }: Models): ProblemName {
  const searches = searchesOf(ids);
  if (search !== undefined && searches.includes(search)) return search;
  if (search === undefined && searches.length === 1) return searches[0];
  throw new UserError({
    what:
      search === undefined
        ? `the run has networks for ${searches.join(' and ')}`
        : `no network for ${search}`,
    where: 'search',
    how: `choose one of ${searches.join(', ')}`,
  });
}

/** @throws UserError for a feature that is missing or unknown */
function rowOf({ features }: EventRequest, problem: Problem): Float32Array {
  const names = featuresOf(problem);
  const unknown = Object.keys(features).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, names);
    throw new UserError({
      what: `no feature ${JSON.stringify(unknown)}`,
      where: 'features',
      how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `they are ${names.join(', ')}`,
    });
  }
  return Float32Array.from(names, (name) => {
    if (name in features) return features[name] ?? Number.NaN;
    throw new UserError({
      what: `${name} is missing`,
      where: 'features',
      how: `give all of ${names.join(', ')}`,
    });
  });
}

async function decode(
  request: EventRequest,
  models: Models,
  config: CollisionsConfig,
): Promise<DecodedRequest> {
  const search = searchOf(request, models);
  const problem = problemOf(search, config);
  const { ids } = leadingClassifier(classifiersOf(models.ids, search));
  const data = rowOf(request, problem);
  const features: TensorData = { dtype: 'float32', shape: [1, data.length], data };
  let networks = 0;
  for (const id of ids) networks += memberCount(await models.metadata(id));
  return { models: ids, inputs: { [featuresInput]: features }, context: networks };
}

export const predict: Prediction<CollisionsConfig, EventRequest, EventAnswer> = {
  request: eventRequest,
  answer: eventAnswer,
  accepts:
    'tables of events with the columns of the training data (.csv, .csv.gz, .parquet, .arrow, .root, .h5), or events as .json',
  reads: [...tableEndings, '.json'],
  read: (path) =>
    readJsonItems(path, eventRequest, {
      what: 'events',
      how: 'give [{ "features": { "lepton_pT": 0.9, ... } }]',
    }),
  decode,
  encode(outputs, _request, _config, networks) {
    const members = outputs.map(({ [signalOutput]: { data } }) => data as Float32Array);
    const [score] = togetherOf(members);
    const own = outputs.flatMap((each) => spreadOfOutput(each, signalOutput) ?? []);
    return { score, spread: spreadOf(members, own)[0], networks: networks as number };
  },
  describe: ({ score, spread, networks }) =>
    `P(signal) = ${score.toFixed(4)}${networks > 1 ? ` +- ${spread.toFixed(4)}` : ''}`,
  show: ({ request, answer, evaluation }) => showEvent(request, answer, evaluation),
  examples,
  table: predictTable,
};
