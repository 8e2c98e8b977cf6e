// What is known of each run: its card, its figures, its data, what its plots are drawn from. The files are those of runs that the
// catalogue has; a name in a path is looked up there and never becomes part of a file's path.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { dataRecordSchema } from '../../pipelines/run-directory/data-record.ts';
import { readJson } from '../../pipelines/run-directory/json-file.ts';
import type { RunLayout } from '../../pipelines/run-directory/layout.ts';
import { evaluationSchema, resultsSchema } from '../../pipelines/run-directory/results.ts';
import type { Version } from '../catalogue/version.ts';
import { HttpError } from '../http-error.ts';
import { jsonSchema } from '../schemas/json-schema.ts';
import { run, runs } from '../schemas/runs.ts';
import type { Service } from '../service.ts';
import { summariseRun } from './describe.ts';
import { domainOf, domainParameter } from './domains.ts';
import { type Content, json, type Parameter, type Route } from './route.ts';

const tag = 'Domains and runs';

const versionParameter: Parameter = {
  name: 'version',
  in: 'path',
  required: true,
  description: 'name of a run, or `latest`',
  schema: { type: 'string' },
};
const parameters = [domainParameter, versionParameter];

const versionOf = (request: Request, { catalogue }: Service): Version =>
  catalogue.version(domainOf(request), String(request.params.version));

async function textOrNull(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

/** The report is a page of its own, drawn without scripts. */
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; sandbox";

/** A file of a run, as it is. */
function fileRoute(
  name: string,
  path: (paths: RunLayout) => string,
  { summary, made, type, content }: { summary: string; made: string; type: string; content: Content },
): Route {
  return {
    method: 'get',
    path: `/api/runs/{domain}/{version}/${name}`,
    tag,
    summary,
    parameters,
    answers: {
      200: { description: 'the file', content },
      404: { description: 'no such domain or version, or the run has no such file yet' },
    },
    async handle(request: Request, response: Response, service: Service) {
      const file = path(versionOf(request, service).paths);
      const found = await stat(file).catch(() => undefined);
      if (found === undefined) throw new HttpError('not found', `the run has none yet; ${made}`);
      response.set({ 'content-type': type, 'content-length': String(found.size) });
      if (type.startsWith('text/html')) response.set('content-security-policy', reportPolicy);
      await pipeline(createReadStream(file), response);
    },
  };
}

export const runRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/runs',
    tag,
    summary: 'All runs that are served',
    answers: { 200: { description: 'the runs', content: json(jsonSchema(runs)) } },
    handle(_request, response, { catalogue }) {
      const all = catalogue.domains.flatMap((name) => catalogue.versionsOf(name));
      response.json({ runs: all.map((version) => summariseRun(catalogue, version)) });
    },
  },
  {
    method: 'get',
    path: '/api/runs/{domain}/{version}',
    tag,
    summary: 'One run: card, figures with intervals, training data',
    parameters,
    answers: {
      200: { description: 'the run', content: json(jsonSchema(run)) },
      404: { description: 'no such domain or version' },
    },
    async handle(request, response, service) {
      const version = versionOf(request, service);
      const { paths, facts } = version;
      response.json({
        ...summariseRun(service.catalogue, version),
        card: await textOrNull(paths.modelCard),
        results: facts.results ?? null,
        data: await readJson(paths.data, dataRecordSchema, 'start a new run').catch(() => null),
      });
    },
  },
  fileRoute('card', ({ modelCard }) => modelCard, {
    summary: 'Model card of a run',
    made: 'deepfield report makes it',
    type: 'text/markdown; charset=utf-8',
    content: { 'text/markdown': {} },
  }),
  fileRoute('results', ({ results }) => results, {
    summary: 'Figures of a run, with their intervals',
    made: 'deepfield evaluate makes them',
    type: 'application/json',
    content: json(jsonSchema(resultsSchema)),
  }),
  fileRoute('evaluation', ({ evaluation }) => evaluation, {
    summary: 'What the plots of a run are drawn from',
    made: 'deepfield evaluate makes it',
    type: 'application/json',
    content: json(jsonSchema(evaluationSchema)),
  }),
  fileRoute('report', ({ report }) => report, {
    summary: 'Report of a run, as a page',
    made: 'deepfield report makes it',
    type: 'text/html; charset=utf-8',
    content: { 'text/html': {} },
  }),
];
