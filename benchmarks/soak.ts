// The server under a bounded mix of good, bad, huge, slow and broken-off requests for some minutes, with a burst now and then that is
// more than its queue holds. Counts by kind and status, memory over time, and how long the health route takes meanwhile. The exit code
// is 1 when a right request got a wrong answer (any 5xx but a 503 that says when to come again), when something hung, when memory
// went on growing, or when the server did not stop well; 0 otherwise.
//   npx tsx benchmarks/soak.ts [--minutes 3] [--run runs/exotic-particles/...] [--clients 24] [--seed 1]
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RandomStream } from '../core/random.ts';
import { makeCollisionRun } from './collision-run.ts';
import { Served } from './served.ts';
import { hangUp, type Kind, kinds, type Outcome, type Target } from './soak-requests.ts';
import { median } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    run: { type: 'string' },
    clients: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
  },
});
const [minutes, clients] = [options.minutes, options.clients].map(Number);

const mebibyte = 2 ** 20;
const maxBody = 2;
const maxQueue = 64;

/** Requests of a burst: what is more than the queue and the workers hold is refused at once. */
const burst = 4 * maxQueue;
const burstEvery = 15_000;

/** Growth of memory from the second third of the time to the last that is no leak: caches, and what the collector leaves. */
const allowedGrowth = 0.1;
/** Longest answer of the health route that is no hang, milliseconds; clients and server share the processors. */
const longestHealth = 2000;

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

class Tally {
  private readonly counts = new Map<string, Map<Outcome, number>>();
  wrong = 0;

  add({ name, right }: Kind, outcome: Outcome): void {
    const own = this.counts.get(name) ?? new Map<Outcome, number>();
    this.counts.set(name, own);
    own.set(outcome, (own.get(outcome) ?? 0) + 1);
    if (outcome !== 503 && !right.includes(outcome)) this.wrong++;
  }

  print(): void {
    for (const [name, own] of this.counts) {
      const said = [...own].map(([outcome, count]) => `${outcome}: ${count}`).join('   ');
      console.log(`${name.padEnd(38)} ${said}`);
    }
  }
}

/** Every kind as often as it weighs. */
const hat: readonly Kind[] = kinds.flatMap((kind) => new Array<Kind>(kind.weight).fill(kind));

const choose = (random: RandomStream): Kind => hat[random.integer(hat.length)];

async function targetOf(url: string): Promise<Target> {
  const told = (await (await fetch(`${url}/api/domains`)).json()) as {
    domains: { name: string; predict: string; examples: unknown[] }[];
  };
  const [{ name, predict, examples }] = told.domains;
  const metadata = (await (await fetch(`${url}/v2/models/${name}`)).json()) as {
    inputs: { name: string; shape: number[]; datatype: string }[];
  };
  const inputs = metadata.inputs.map(({ shape, ...rest }) => {
    const given = shape.map((n) => (n === -1 ? 1 : n));
    return { ...rest, shape: given, data: new Array(given.reduce((a, b) => a * b, 1)).fill(0.5) };
  });
  const mostBody = maxBody * mebibyte;
  return { url, predict, example: examples[0], model: name, tensors: { inputs }, mostBody };
}

const folder = mkdtempSync(join(tmpdir(), 'deepfield-soak-'));
let code = 1;
try {
  const run = options.run ?? join(folder, 'run');
  if (options.run === undefined) await makeCollisionRun(run);
  const limits = ['--max-body', String(maxBody), '--max-queue', String(maxQueue), '--deadline', '20'];
  const server = await Served.deepfield([run, ...limits]);
  const target = await targetOf(server.url);
  const random = new RandomStream(Number(options.seed), 'soak');
  const tally = new Tally();
  const end = performance.now() + minutes * 60_000;
  const goesOn = (): boolean => server.running && performance.now() < end;

  const ask = async (own: RandomStream): Promise<void> => {
    while (goesOn()) {
      const kind = choose(own);
      tally.add(kind, await kind.send(target, own));
    }
  };
  const bursts = async (own: RandomStream): Promise<void> => {
    const [item] = kinds;
    while (goesOn()) {
      await sleep(Math.min(burstEvery, Math.max(0, end - performance.now())));
      const all = Array.from({ length: burst }, () => item.send(target, own));
      for (const outcome of await Promise.all(all))
        tally.add({ ...item, name: 'good: bursts of items' }, outcome);
    }
  };
  const health: number[] = [];
  const watchHealth = async (): Promise<void> => {
    while (goesOn()) {
      const start = performance.now();
      const answer = await fetch(`${target.url}/v2/health/live`).catch(() => undefined);
      if (answer?.ok) await answer.arrayBuffer();
      health.push(answer?.ok ? performance.now() - start : Number.POSITIVE_INFINITY);
      await sleep(100);
    }
  };
  const memory: number[] = [];
  const watchMemory = async (): Promise<void> => {
    while (goesOn()) {
      memory.push(server.residentBytes() / mebibyte);
      await sleep(500);
    }
  };
  await Promise.all([
    ...Array.from({ length: clients }, (_, i) => ask(random.split(`client-${i}`))),
    bursts(random.split('bursts')),
    watchHealth(),
    watchMemory(),
  ]);
  hangUp();
  const survived = server.running;
  const exit = await server.stop();

  const third = Math.floor(memory.length / 3);
  const [before, after] = [median(memory.slice(third, 2 * third)), median(memory.slice(2 * third))];
  health.sort((a, b) => a - b);
  const longest = health[health.length - 1];
  console.log(
    `${minutes} minutes, ${clients} clients, bursts of ${burst}; load of the machine ${loadavg()[0].toFixed(1)}`,
  );
  tally.print();
  const shown = Array.from({ length: 10 }, (_, i) =>
    memory[Math.floor((i * (memory.length - 1)) / 9)].toFixed(0),
  );
  console.log(
    `memory over time, MiB: ${shown.join(' ')}, at most ${Math.max(...memory).toFixed(0)}; second third ${before.toFixed(0)}, last ${after.toFixed(0)}`,
  );
  const share = (of: number): string => health[Math.floor(of * (health.length - 1))].toFixed(1);
  console.log(`health route, ms: p50 ${share(0.5)}, p99 ${share(0.99)}, longest ${longest.toFixed(1)}`);
  const complaints = [
    tally.wrong > 0 && `${tally.wrong} requests got a wrong answer`,
    after > before * (1 + allowedGrowth) && 'memory went on growing',
    longest > longestHealth && 'the health route hung',
    !survived && 'the server ended',
    exit !== 0 && `the server stopped with ${exit}`,
  ].filter((each) => each !== false);
  console.log(complaints.length === 0 ? 'passed' : `failed: ${complaints.join('; ')}`);
  code = complaints.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = code;
