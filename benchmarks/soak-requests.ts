// The requests of a soak: good, bad, huge, slow and broken off. Each says which answers are right; whatever else comes is counted
// against the server.
import { Agent, type ClientRequest, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import type { RandomStream } from '../core/random.ts';

/** What came of a request: a status, `gone` where we broke it off, `closed` where the server did, `hangs` where nothing came. */
export type Outcome = number | 'gone' | 'closed' | 'hangs' | '503 that says not when';

export interface Kind {
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
  /** Right answers; 503 with Retry-After is right for all. */
  readonly right: readonly Outcome[];
  send(target: Target, random: RandomStream): Promise<Outcome>;
}

export interface Target {
  readonly url: string;
  /** `/api/<domain>/predict` and an item that it answers. */
  readonly predict: string;
  readonly example: unknown;
  /** Name of a network, and a request that it answers. */
  readonly model: string;
  readonly tensors: unknown;
  /** Bytes that a body may have. */
  readonly mostBody: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Longer than any deadline of the server. */
const patience = 30_000;

const json = { 'content-type': 'application/json' };

interface Sending {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Writes the body and ends it, at its own pace. */
  write?(request: ClientRequest): void;
}

/** Sends one request and reads its answer to the end. */
function send(url: string, path: string, sending: Sending): Promise<Outcome> {
  const { method = 'POST', headers = {}, write } = sending;
  return new Promise((resolve) => {
    const request = httpRequest(`${url}${path}`, { method, headers, agent });
    const done = (outcome: Outcome | Promise<Outcome>): void => {
      clearTimeout(late);
      resolve(outcome);
    };
    const late = setTimeout(() => {
      done('hangs');
      request.destroy();
    }, patience);
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => {
        const { statusCode = 0 } = response;
        const untold = statusCode === 503 && response.headers['retry-after'] === undefined;
        done(untold ? '503 that says not when' : statusCode);
      });
      response.on('error', () => done('closed'));
    });
    // A connection that was kept may be closed by the server in the moment in which it is used again: clients send anew.
    request.on('error', () => done(request.reusedSocket ? send(url, path, sending) : 'closed'));
    if (write) write(request);
    else request.end();
  });
}

const body = (value: unknown): ((request: ClientRequest) => void) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return (request) => request.end(text);
};

/** Sends half of a body, waits, and leaves. */
function leave(
  url: string,
  path: string,
  text: string,
  milliseconds: number,
  whole: boolean,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const headers = { ...json, 'content-length': Buffer.byteLength(text) };
    const request = httpRequest(`${url}${path}`, { method: 'POST', headers });
    request.on('error', () => {});
    request.on('response', (response) => response.resume());
    if (whole) request.end(text);
    else request.write(text.slice(0, text.length >> 1));
    setTimeout(() => {
      request.destroy();
      resolve('gone');
    }, milliseconds);
  });
}

const good: readonly Kind[] = [
  {
    name: 'good: item',
    weight: 30,
    right: [200],
    send: ({ url, predict, example }) => send(url, predict, { headers: json, write: body(example) }),
  },
  {
    name: 'good: 64 items with panels',
    weight: 4,
    right: [200],
    send: ({ url, predict, example }) =>
      send(url, `${predict}?panels=true`, { headers: json, write: body(new Array(64).fill(example)) }),
  },
  {
    name: 'good: tensors',
    weight: 30,
    right: [200],
    send: ({ url, model, tensors }) =>
      send(url, `/v2/models/${model}/infer`, { headers: json, write: body(tensors) }),
  },
  {
    name: 'good: told',
    weight: 6,
    right: [200],
    send: ({ url }, random) => {
      const paths = [
        '/',
        '/api/domains',
        '/api/runs',
        '/openapi.json',
        '/docs',
        '/metrics',
        '/v2',
        '/page/main.js',
      ];
      return send(url, paths[random.integer(paths.length)], { method: 'GET' });
    },
  },
];

const bad: readonly Kind[] = [
  {
    name: 'bad: no JSON',
    weight: 5,
    right: [400],
    send: ({ url, predict }) => send(url, predict, { headers: json, write: body('{"features": [') }),
  },
  {
    name: 'bad: an item of another kind',
    weight: 5,
    right: [400],
    send: ({ url, predict }) =>
      send(url, predict, { headers: json, write: body({ nonsense: [1, null, {}] }) }),
  },
  {
    name: 'bad: tensors of a wrong shape',
    weight: 5,
    right: [400],
    send: ({ url, model }) => {
      const inputs = [{ name: 'features', shape: [2, 3], datatype: 'FP32', data: [1, 2, 3] }];
      return send(url, `/v2/models/${model}/infer`, { headers: json, write: body({ inputs }) });
    },
  },
  {
    name: 'bad: a file of noise',
    weight: 4,
    right: [400, 415],
    send: ({ url, predict }, random) => {
      const noise = Buffer.from(Array.from({ length: 2000 }, () => random.integer(256)));
      const names = ['a.parquet', 'a.csv', 'a.csv.gz', 'a.root', 'a.h5', 'a.arrow', 'a.json', 'a.exe'];
      const path = `${predict}?filename=${names[random.integer(names.length)]}`;
      return send(url, path, { write: (request) => request.end(noise) });
    },
  },
  {
    name: 'bad: no such path, method, version',
    weight: 4,
    right: [404, 405],
    send: ({ url, predict }, random) => {
      const asked: readonly (readonly [string, string])[] = [
        ['GET', '/nothing/../../etc/passwd'],
        ['DELETE', '/v2'],
        ['GET', '/v2/models/none'],
        ['POST', `${predict}?version=none`],
      ];
      const [method, path] = asked[random.integer(asked.length)];
      return send(url, path, { method, headers: json });
    },
  },
];

const trying: readonly Kind[] = [
  {
    name: 'huge: length told',
    weight: 1,
    right: [413, 'closed'],
    send: ({ url, predict, mostBody }) =>
      send(url, predict, { headers: json, write: body('['.repeat(mostBody + 1)) }),
  },
  {
    name: 'huge: length not told',
    weight: 1,
    right: [413, 'closed'],
    send: ({ url, predict, mostBody }) =>
      send(url, predict, {
        headers: { ...json, 'transfer-encoding': 'chunked' },
        write(request) {
          const piece = Buffer.alloc(2 ** 16, ' ');
          let sent = 0;
          const more = (): void => {
            while (sent <= mostBody && !request.destroyed) {
              sent += piece.length;
              if (!request.write(piece)) return void request.once('drain', more);
            }
            if (!request.destroyed) request.end();
          };
          more();
        },
      }),
  },
  {
    name: 'slow: a piece at a time',
    weight: 3,
    right: [200],
    send: ({ url, predict, example }) => {
      const text = JSON.stringify(example);
      return send(url, predict, {
        headers: { ...json, 'content-length': Buffer.byteLength(text) },
        write(request) {
          const step = Math.ceil(text.length / 20);
          let at = 0;
          const timer = setInterval(() => {
            if (request.destroyed) return clearInterval(timer);
            request.write(text.slice(at, at + step));
            at += step;
            if (at < text.length) return;
            clearInterval(timer);
            request.end();
          }, 100);
        },
      });
    },
  },
  {
    name: 'broken off: half a body',
    weight: 3,
    right: ['gone'],
    send: ({ url, predict, example }, random) =>
      leave(url, predict, JSON.stringify(example), 20 + random.integer(500), false),
  },
  {
    name: 'broken off: before the answer',
    weight: 4,
    right: ['gone'],
    send: ({ url, predict, example }, random) =>
      leave(url, predict, JSON.stringify(new Array(64).fill(example)), random.integer(20), true),
  },
];

export const kinds: readonly Kind[] = [...good, ...bad, ...trying];

/** Drops the connections that are kept. */
export const hangUp = (): void => agent.destroy();
