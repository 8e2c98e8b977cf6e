// Accepted collisions per second of the embedded generator, on one core without worker threads and on two threads, beside the
// prototype in numpy: its 4,000 events per second and core are quoted (40,000 events in 7 to 15 s), not measured here.
//   npx tsx benchmarks/generate-collisions.ts [events]
import { silent } from '../core/progress.ts';
import { RandomStream } from '../core/random.ts';
import {
  type Process,
  simulateCollisions,
} from '../domains/exotic-particles/generator/simulate-collisions.ts';

const events = Number(process.argv[2] ?? 1_000_000);
const quoted = 4000;

async function time(kind: Process, threads: number, wanted: number): Promise<void> {
  const start = performance.now();
  const before = process.cpuUsage();
  let made = 0;
  for await (const { label } of simulateCollisions({
    process: kind,
    events: wanted,
    random: new RandomStream('benchmark'),
    threads,
    progress: silent,
    signal: new AbortController().signal,
  })) {
    made += label.length;
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const perCore = made / ((user + system) / 1e6);
  const cells = [made / seconds, perCore, perCore / quoted].map((x) =>
    x.toFixed(x < 1000 ? 1 : 0).padStart(12),
  );
  console.log(`${kind.padEnd(8)}${String(threads).padStart(8)}${cells.join('')}`);
}

console.log(`${events} accepted collisions; prototype in numpy: ${quoted} per second and core (quoted)`);
console.log('process  threads    events/s  per core s   x quoted');
for (const kind of ['higgs', 'susy'] as const) {
  await time(kind, 0, 50_000); // compiles
  await time(kind, 0, events);
  await time(kind, 2, events);
}
