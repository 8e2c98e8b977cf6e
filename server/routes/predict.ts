// What a domain says to what a scientist has: items as JSON, or a file as its body.
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Version } from '../catalogue/version.ts';
import { HttpError } from '../http-error.ts';
import { jsonSchema } from '../schemas/json-schema.ts';
import { predictions } from '../schemas/predictions.ts';
import type { Service } from '../service.ts';
import { endingOf, mediaTypeOf, mediaTypesOf } from '../uploads/media-types.ts';
import { givenName, nameUpload } from '../uploads/name-upload.ts';
import { receiveUpload } from '../uploads/receive-upload.ts';
import { domainOf, domainParameter, versionQuery } from './domains.ts';
import { goneSignal } from './gone.ts';
import { otherQueries, queryText } from './query-text.ts';
import { sendReply } from './reply.ts';
import { json, type Parameter, type Route } from './route.ts';

const formatQuery: Parameter = {
  name: 'format',
  in: 'query',
  description: 'ending of the file to answer by, `png`; in place of the header Accept',
  schema: { type: 'string' },
};
const filenameQuery: Parameter = {
  name: 'filename',
  in: 'query',
  description: 'name of the file that is sent, where its type does not tell what it is: `m51.fits.gz`',
  schema: { type: 'string' },
};

const panelsQuery: Parameter = {
  name: 'panels',
  in: 'query',
  description: 'true for what a person looks at beside each of the first 24 answers: pictures, charts',
  schema: { type: 'boolean', default: false },
};

/** Parameters of ours; the others are options of the domain. */
const own = ['version', 'format', 'filename', 'panels'];

/** @throws HttpError when it is neither true nor false */
function wantsPanels(request: Request): boolean {
  const text = queryText(request, 'panels') ?? 'false';
  if (text === 'true' || text === 'false') return text === 'true';
  throw new HttpError(
    'bad request',
    `panels: expected true or false, got ${JSON.stringify(text.slice(0, 40))}`,
  );
}

const isJson = (request: Request): boolean =>
  /^application\/json\b/i.test(request.get('content-type') ?? '') && givenName(request) === undefined;

/**
 * Ending of the file that the answer is to be; undefined for JSON.
 * @throws HttpError when nothing that is accepted can be given
 */
function wantedEnding(request: Request, endings: readonly string[]): string | undefined {
  const format = queryText(request, 'format');
  const how = `answers are JSON${endings.length > 0 ? ` or ${endings.join(', ')}` : ''}`;
  if (format !== undefined) {
    if (format === 'json') return undefined;
    const ending = `.${format.toLowerCase().replace(/^\./, '')}`;
    if (endings.includes(ending)) return ending;
    throw new HttpError('not acceptable', `no answer as ${JSON.stringify(format.slice(0, 40))}; ${how}`);
  }
  const type = request.accepts(['application/json', ...mediaTypesOf(endings)]);
  if (type === 'application/json') return undefined;
  if (typeof type === 'string') return endingOf(type, endings);
  throw new HttpError('not acceptable', `no answer as ${request.get('accept')}; ${how}`);
}

async function answerItems(
  request: Request,
  response: Response,
  service: Service,
  version: Version,
): Promise<void> {
  const unknown = Object.keys(otherQueries(request, own))[0];
  if (unknown !== undefined)
    throw new HttpError('bad request', `no parameter ${JSON.stringify(unknown)} for items as JSON`);
  if (wantedEnding(request, []) !== undefined) return;
  const panels = wantsPanels(request);
  const body = await service.readBody(request, response);
  const reply = await service.inference.items(
    version.run,
    { version: version.name, panels },
    body,
    goneSignal(response),
  );
  sendReply(response, reply);
}

/** JSON that fits into a header; undefined when it is too long for one. */
function headerText(json: string): string | undefined {
  const ascii = json.replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return ascii.length <= 4096 ? ascii : undefined;
}

async function answerFile(
  request: Request,
  response: Response,
  service: Service,
  version: Version,
): Promise<void> {
  const { inference, settings, folder, uploads } = service;
  const { reads, files } = version.facts.domain;
  inference.queue.requireRoom();
  const { ending, shown } = nameUpload(request, reads);
  const wanted = wantedEnding(request, files?.endings ?? []);
  const options = otherQueries(request, own);
  const panels = wantsPanels(request);
  const limits = { folder, most: settings.maxUpload * 2 ** 20 };
  uploads.take(request, response, limits.most);
  const gone = goneSignal(response);
  await receiveUpload(request, ending, limits, async (path, beside) => {
    const out = wanted === undefined ? undefined : join(beside, `answer${wanted}`);
    const reply = await inference.file(
      {
        run: version.run,
        version: version.name,
        path,
        name: shown,
        options,
        panels,
        mostUnpacked: settings.maxUnpacked * 2 ** 20,
        ...(out === undefined ? {} : { out }),
      },
      gone,
    );
    if (out === undefined || wanted === undefined) {
      response.type('application/json').send(reply.json);
      return;
    }
    if (!reply.written) throw new HttpError('not acceptable', `${shown} is answered by JSON only`);
    const summary = headerText(reply.json);
    response.attachment(`${shown.slice(0, -ending.length) || 'answer'}.answer${wanted}`);
    response.type(mediaTypeOf(wanted));
    if (summary !== undefined) response.set('Deepfield-Answer', summary);
    await pipeline(createReadStream(out), response);
  });
}

export const predictRoute: Route = {
  method: 'post',
  path: '/api/{domain}/predict',
  tag: 'Predictions',
  summary: 'What the networks say',
  description:
    'One item or a list of items as JSON, or a file as the body (its name in `?filename=`, in Content-Disposition, or told by Content-Type). One bad item of a list fails alone. Files may be answered by files: ask by Accept or `?format=`.',
  parameters: [domainParameter, versionQuery, formatQuery, filenameQuery, panelsQuery],
  body: { kind: 'stream', content: { 'application/json': {}, 'application/octet-stream': {} } },
  answers: {
    200: { description: 'the answers', content: json(jsonSchema(predictions)) },
    404: { description: 'no such domain or version' },
    406: { description: 'no answer of that kind' },
    413: { description: 'too large' },
    415: { description: 'no file that the domain reads' },
  },
  async handle(request, response, service) {
    const version = service.catalogue.version(domainOf(request), queryText(request, 'version'));
    if (isJson(request)) await answerItems(request, response, service, version);
    else await answerFile(request, response, service, version);
  },
};
