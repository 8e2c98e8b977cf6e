// Times every way of running a network, and PyTorch where it is installed, in alternating rounds, and prints them.
import { Contender } from './contender.ts';
import type { BenchmarkNetwork } from './networks/network.ts';
import type { Peer } from './peer.ts';
import { median, spread } from './statistics.ts';

export interface CompareOptions {
  readonly threads: number;
  readonly rounds: number;
  readonly torch: Peer | undefined;
}

/** @returns milliseconds a step of each round, by the title of each way */
export async function compare(
  network: BenchmarkNetwork,
  { threads, rounds, torch }: CompareOptions,
): Promise<Map<string, number[]>> {
  const contenders = await Contender.all(network, threads);
  const times = new Map<string, number[]>(
    [...contenders.map(({ title }) => title), 'PyTorch'].map((t) => [t, []]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      if (contender.patient || round < 3) times.get(contender.title)!.push(await contender.round());
    }
    if (torch) times.get('PyTorch')!.push(Number(await torch.ask(`${network.name} ${network.steps}`)));
  }
  console.log(`\n${network.title}`);
  const reference = median(times.get('PyTorch')!);
  for (const [title, measured] of times) {
    if (measured.length === 0) continue;
    const ratio = torch && title !== 'PyTorch' ? `${(reference / median(measured)).toFixed(2)}x PyTorch` : '';
    const setUp = contenders.find((contender) => contender.title === title)?.setUp;
    const compiled = setUp === undefined ? '' : `, compiled in ${setUp.toFixed(0)} ms`;
    console.log(`  ${title.padEnd(26)} ${spread(measured).padEnd(32)} ${ratio}${compiled}`);
  }
  for (const contender of contenders) await contender.dispose();
  return times;
}
