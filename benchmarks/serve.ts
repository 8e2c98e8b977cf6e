// Requests a second, latency and processor time of one-row and of 64-row requests to the exotic-particle network, beside FastAPI,
// uvicorn and Python's onnxruntime with the same model.onnx (DEEPFIELD_PYTHON). One after the other in alternating rounds, so that
// both meet the same noise of the machine; autocannon, which asks, takes its share of the same processors.
//   npx tsx benchmarks/serve.ts [--run runs/exotic-particles/...] [--seconds 8] [--rounds 3] [--connections 32]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { RandomStream } from '../core/random.ts';
import { runLayout } from '../pipelines/run-directory/layout.ts';
import { makeCollisionRun } from './collision-run.ts';
import { freePort, Served } from './served.ts';
import { median } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    run: { type: 'string' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    processes: { type: 'string', default: String(availableParallelism()) },
  },
});
const [seconds, rounds, connections] = [options.seconds, options.rounds, options.connections].map(Number);

interface Load {
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const features = 28;

function requestOf(rows: number): { data: number[]; shape: number[] } {
  const random = new RandomStream(1, 'benchmark');
  const data = Array.from({ length: rows * features }, () => Number(random.normal().toFixed(4)));
  return { data, shape: [rows, features] };
}

function asJson(rows: number): Load {
  const { data, shape } = requestOf(rows);
  const body = JSON.stringify({ inputs: [{ name: 'features', shape, datatype: 'FP32', data }] });
  return {
    title: `${rows} as JSON`,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body),
  };
}

/** Tensors after the JSON, as the binary extension has them. */
function asBytes(rows: number): Load {
  const { data, shape } = requestOf(rows);
  const tensor = Buffer.from(Float32Array.from(data).buffer);
  const parameters = { binary_data_size: tensor.length };
  const header = Buffer.from(
    JSON.stringify({
      parameters: { binary_data_output: true },
      inputs: [{ name: 'features', shape, datatype: 'FP32', parameters }],
    }),
  );
  return {
    title: `${rows} as bytes`,
    headers: {
      'content-type': 'application/octet-stream',
      'inference-header-content-length': String(header.length),
    },
    body: Buffer.concat([header, tensor]),
  };
}

interface Contender {
  readonly title: string;
  readonly served: Served;
  readonly path: string;
  readonly loads: readonly Load[];
}

interface Outcome {
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  /** Processors in use, and milliseconds of one for each request. */
  readonly processors: number;
  readonly milliseconds: number;
  readonly failed: number;
}

/** Milliseconds below which a share of the times are. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

async function measure(
  { served, path }: Contender,
  { headers, body }: Load,
  duration: number,
): Promise<Outcome> {
  const times: number[] = [];
  const before = served.processorSeconds();
  const start = performance.now();
  const { non2xx, errors } = await autocannon({
    url: `${served.url}${path}`,
    method: 'POST',
    headers: { ...headers },
    body,
    connections,
    duration,
    // Its own histogram counts whole milliseconds.
    setupClient: (client) => client.on('response', (_status, _bytes, time) => times.push(time)),
  });
  const elapsed = (performance.now() - start) / 1000;
  const used = served.processorSeconds() - before;
  times.sort((a, b) => a - b);
  return {
    requests: times.length / elapsed,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    processors: used / elapsed,
    milliseconds: (1000 * used) / times.length,
    failed: non2xx + errors,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'deepfield-serve-'));
const started: Served[] = [];
try {
  const run = options.run ?? join(folder, 'run');
  if (options.run === undefined) await makeCollisionRun(run);
  const own = await Served.deepfield([run]);
  started.push(own);
  const loads = [1, 64].map(asJson);
  const contenders: Contender[] = [
    {
      title: 'deepfield',
      served: own,
      path: '/v2/models/exotic-particles/infer',
      loads: [...loads, ...[1, 64].map(asBytes)],
    },
  ];
  const script = fileURLToPath(new URL('peers/serve_model.py', import.meta.url));
  const python = process.env.DEEPFIELD_PYTHON ?? 'python3';
  for (const processes of new Set(['1', options.processes])) {
    const port = await freePort();
    const parameters = [script, runLayout(run).primaryModel, String(port), processes];
    const peer = await Served.start(python, parameters, port, '/v2/health/ready');
    if (peer === undefined) {
      console.log(
        'no figures of FastAPI: Python has not fastapi, uvicorn and onnxruntime (set DEEPFIELD_PYTHON)',
      );
      break;
    }
    started.push(peer);
    const title = `FastAPI, ${processes} process${processes === '1' ? '' : 'es'}`;
    contenders.push({ title, served: peer, path: '/v2/models/model/infer', loads });
  }

  for (const contender of contenders) for (const load of contender.loads) await measure(contender, load, 1);
  const outcomes = new Map<string, Outcome[]>();
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      for (const load of contender.loads) {
        const name = `${contender.title.padEnd(22)} ${load.title.padEnd(12)}`;
        outcomes.set(name, [...(outcomes.get(name) ?? []), await measure(contender, load, seconds)]);
      }
    }
  }

  console.log(
    `${connections} connections, medians of ${rounds} rounds of ${seconds} s, ${availableParallelism()} processors, load of the machine ${loadavg()[0].toFixed(1)}`,
  );
  console.log(`${''.padEnd(35)} requests/s   p50 ms   p99 ms   processors   CPU ms each   failed`);
  for (const [name, all] of outcomes) {
    const of = (pick: (outcome: Outcome) => number): number => median(all.map(pick));
    const failed = all.reduce((sum, each) => sum + each.failed, 0);
    console.log(
      `${name} ${of(({ requests }) => requests)
        .toFixed(0)
        .padStart(10)} ${of(({ p50 }) => p50)
        .toFixed(1)
        .padStart(8)} ${of(({ p99 }) => p99)
        .toFixed(1)
        .padStart(8)} ${of(({ processors }) => processors)
        .toFixed(2)
        .padStart(12)} ${of(({ milliseconds }) => milliseconds)
        .toFixed(3)
        .padStart(13)} ${String(failed).padStart(8)}`,
    );
  }
} finally {
  for (const served of started) await served.stop();
  rmSync(folder, { recursive: true, force: true });
}
