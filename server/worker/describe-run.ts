// Describes a run for the catalogue. Its examples are tried, so that those that are shown work.
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ModelPort } from '../../core/engine/inference.ts';
import type { Domain } from '../../domains/domain.ts';
import { readJson } from '../../pipelines/run-directory/json-file.ts';
import { onnxPath } from '../../pipelines/run-directory/model-store.ts';
import { resultsSchema } from '../../pipelines/run-directory/results.ts';
import { predictEach } from '../../pipelines/stages/predict.ts';
import type { DomainFacts, NetworkFacts, PortFacts, RunFacts } from '../catalogue/run-facts.ts';
import { datatypeOf } from '../protocol/datatypes.ts';
import { jsonSchema } from '../schemas/json-schema.ts';
import type { ServedRun } from './open-runs.ts';

const portFacts = ({ name, dtype, shape }: ModelPort): PortFacts => ({
  name,
  datatype: datatypeOf(dtype),
  shape: [...shape],
});

function domainFacts({ name, title, summary, paper, predict }: Domain): DomainFacts {
  const { accepts, reads, request, answer, files, table } = predict;
  return {
    name,
    title,
    summary,
    paper,
    accepts,
    reads: [...reads],
    request: jsonSchema(request, 'input'),
    answer: jsonSchema(answer),
    ...(files
      ? { files: { endings: [...files.endings], options: jsonSchema(files.options, 'input') } }
      : table
        ? { files: { endings: [...table.endings] } }
        : {}),
  };
}

async function workingExamples({ domain, config, models }: ServedRun): Promise<unknown[]> {
  const { examples } = domain.predict;
  const outcomes = await predictEach(domain, config, models, examples);
  return examples.filter((_, i) => 'answer' in outcomes[i]);
}

/** @throws UserError when files of the run are missing or no run's */
export async function describeRun(served: ServedRun): Promise<RunFacts> {
  const { run, domain, models } = served;
  const { created, preset, seed, source, finished } = run.status;
  const primary = domain.primaryModel(models.ids);
  const networks: NetworkFacts[] = [];
  for (const id of models.ids) {
    const { inputs, results } = await models.ports(id);
    const { size } = await stat(onnxPath(run.paths, id));
    networks.push({
      id,
      bytes: size,
      primary: id === primary,
      inputs: inputs.map(portFacts),
      outputs: results.map(portFacts),
    });
  }
  return {
    domain: domainFacts(domain),
    examples: await workingExamples(served),
    created,
    preset,
    seed,
    source: source === null ? null : basename(source),
    networks,
    ...(finished.evaluate === undefined
      ? {}
      : { results: await readJson(run.paths.results, resultsSchema, 'evaluate the run again') }),
  };
}
