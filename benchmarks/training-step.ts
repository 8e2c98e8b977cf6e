// Time of one training step of each network in networks/, beside PyTorch and tfjs's own engines in the same run: rounds
// alternate, so that all meet the same noise of the machine. A peer that is not installed here is said to be missing.
//
//   npm run benchmark -- [network ...]     (DEEPFIELD_PYTHON names a Python with torch; THREADS=2, ROUNDS=9 by default)
import { compare } from './compare.ts';
import { missing } from './contender.ts';
import { networks } from './networks/index.ts';
import { Peer } from './peer.ts';

const threads = Number(process.env.THREADS ?? 2);
const rounds = Number(process.env.ROUNDS ?? 9);
const wanted = process.argv.slice(2);

const unknown = wanted.find((name) => !networks.some((network) => network.name === name));
if (unknown !== undefined) {
  console.error(`no network ${unknown}; there are ${networks.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

console.log(`one training step, ${threads} threads, ${rounds} rounds in alternation: median (range)`);
const torch = await Peer.start('training_step.py', String(threads));
console.log(
  torch
    ? `peer: PyTorch ${torch.version}`
    : 'PyTorch is not installed here: no ratio to it (DEEPFIELD_PYTHON)',
);
for (const reason of await missing()) console.log(reason);

for (const network of networks.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  await compare(network, { threads, rounds, torch });
}
torch?.stop();
