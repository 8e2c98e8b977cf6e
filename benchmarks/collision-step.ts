// Time of one training step of the paper's network, 28 -> 300 tanh x 4 -> 1, and of the one with a hidden layer more, beside
// PyTorch in the same run; and the hours that the paper's schedule, 10 million events 200 times, would take at that speed.
//
//   npx tsx benchmarks/collision-step.ts     (DEEPFIELD_PYTHON names a Python with torch; THREADS=2, ROUNDS=9 by default)
import { compare } from './compare.ts';
import { missing } from './contender.ts';
import { largeBatchPerceptron, paperPerceptrons, smallBatchPerceptron } from './networks/mlp.ts';
import { Peer } from './peer.ts';
import { median } from './statistics.ts';

const threads = Number(process.env.THREADS ?? 2);
const rounds = Number(process.env.ROUNDS ?? 9);
/** Events and passes of the paper. */
const schedule = { events: 10_000_000, passes: 200 } as const;

console.log(`one training step, ${threads} threads, ${rounds} rounds in alternation: median (range)`);
const torch = await Peer.start('training_step.py', String(threads));
console.log(torch ? `peer: PyTorch ${torch.version}` : 'PyTorch is not installed here (DEEPFIELD_PYTHON)');
for (const reason of await missing()) console.log(reason);

for (const network of [...paperPerceptrons, smallBatchPerceptron, largeBatchPerceptron]) {
  const times = await compare(network, { threads, rounds, torch });
  const steps = (schedule.events / network.batch) * schedule.passes;
  for (const [title, measured] of times) {
    if (measured.length === 0) continue;
    const hours = (median(measured) * steps) / 3_600_000;
    console.log(
      `  ${title.padEnd(26)} ${hours.toFixed(0)} h for ${schedule.passes} passes over 10 million events`,
    );
  }
}
torch?.stop();
