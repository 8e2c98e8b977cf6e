// Trains four networks on this machine's devices and prints a table for docs/gpu.md: how far their losses are from the
// processor's, steps a second, memory. Each network on each device has a process of its own.
//
//   npx tsx scripts/gpu-check.ts                       on cpu, webgpu and cuda, as far as they are usable
//   npx tsx scripts/gpu-check.ts cpu tfjs-node-gpu     on these; cpu comes first, as what the others are held against
//   STEPS=100 SMALL=1                                  steps that are timed (default 50); sizes for a software driver
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { chooseDevice } from '../core/engine/devices.ts';
import { UserError } from '../core/errors.ts';
import { networks } from './gpu-check-networks.ts';
import type { Run } from './gpu-check-run.ts';

const steps = process.env.STEPS ?? '50';
const small = process.env.SMALL === undefined ? 'full' : 'small';
const asked = process.argv.length > 2 ? process.argv.slice(2) : ['cpu', 'webgpu', 'cuda'];

/** The name of the card, where a tool of its driver tells it. */
function cardName(): string {
  const query = ['--query-gpu=name,driver_version', '--format=csv,noheader'];
  const { stdout, status } = spawnSync('nvidia-smi', query, { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split('\n').join('; ') : 'name the card here';
}

async function usable(names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    try {
      found.push((await chooseDevice(name)).name);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      process.stderr.write(`${error.message}\n`);
    }
  }
  return found;
}

function runOn(device: string, network: number): Run | undefined {
  const child = fileURLToPath(new URL('gpu-check-run.ts', import.meta.url));
  const parameters = [...process.execArgv, child, device, String(network), steps, small];
  const { stdout, status, signal } = spawnSync(process.execPath, parameters, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!) as Run;
  process.stderr.write(`${device}: ended with ${signal ?? `exit code ${status}`}\n`);
  return undefined;
}

const farthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i])));

function row(title: string, device: string, run: Run | undefined, cpu: Run | undefined): string {
  if (!run) return `| ${title} | ${device} | failed | | | | | |`;
  const difference = cpu && run !== cpu ? farthest(run.losses, cpu.losses).toExponential(0) : '-';
  const numbers = [
    run.losses.at(-1)!.toFixed(4),
    difference,
    run.setUpSeconds.toFixed(1),
    run.stepsPerSecond < 100 ? run.stepsPerSecond.toPrecision(3) : run.stepsPerSecond.toFixed(0),
    run.hostMegabytes.toFixed(0),
    run.cardMegabytes?.toFixed(0) ?? '-',
  ];
  return `| ${title} | ${device} | ${numbers.join(' | ')} |`;
}

const devices = await usable(asked);
process.stdout.write(`
${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, ${cardName()}; ${steps} steps

| network | device | last loss | from cpu | start, s | steps/s | memory, MB | on card, MB |
| --- | --- | --- | --- | --- | --- | --- | --- |
`);
networks(small === 'small').forEach(({ title }, i) => {
  let cpu: Run | undefined;
  for (const device of devices) {
    const run = runOn(device, i);
    if (device === 'cpu') cpu = run;
    process.stdout.write(`${row(title, device, run, cpu)}\n`);
  }
});
