// Turns --device and --threads into what the stages work with.
import { availableParallelism } from 'node:os';
import type { Work } from '../stages/work.ts';
import type { CliContext } from './context.ts';

export interface WorkOptions {
  readonly device?: string;
  readonly threads?: number;
}

const defaultDevice = 'cpu';

/** For work that runs no network: the device is not looked at. */
export function deskWork(cli: CliContext, { device = defaultDevice, threads }: WorkOptions): Work {
  return {
    device,
    threads: threads ?? availableParallelism(),
    progress: cli.progress,
    signal: cli.terminal.signal,
    log: cli.log,
    openModels: async (paths, name) => (await cli.loadEngine()).openModels(paths, name, threads),
  };
}

/** @throws UserError when the device is unknown or not usable, before any work */
export async function workOf(cli: CliContext, options: WorkOptions): Promise<Work> {
  const work = deskWork(cli, options);
  const { name, why } = await (await cli.loadEngine()).chooseDevice(work.device);
  if (why !== undefined) cli.log(why);
  return { ...work, device: name };
}
