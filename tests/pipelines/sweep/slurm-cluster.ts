// A real Slurm cluster of several nodes on this one machine, for tests: Debian's packages slurm-wlm and munge, as root. Without an
// accounting database, as the sweeps want none.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Whether a cluster can be started here. */
export const canStartCluster = (): boolean =>
  ['slurmctld', 'slurmd', 'munged'].every((name) => existsSync(join('/usr/sbin', name))) &&
  process.getuid?.() === 0;

const run = (file: string, ...words: string[]): string =>
  execFileSync(file, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function configuration(folder: string, nodes: readonly string[]): string {
  // Ports of its own, so that clusters of several processes do not meet.
  const port = 20_000 + (process.pid % 4000) * 10;
  const at = (name: string): string => join(folder, name);
  return `${[
    'ClusterName=test',
    'SlurmctldHost=localhost',
    `SlurmctldPort=${port}`,
    'AuthType=auth/munge',
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core',
    'SlurmUser=root',
    `StateSaveLocation=${at('state')}`,
    `SlurmdSpoolDir=${at('spool-%n')}`,
    `SlurmctldPidFile=${at('ctld.pid')}`,
    `SlurmdPidFile=${at('slurmd-%n.pid')}`,
    `SlurmctldLogFile=${at('log/ctld.log')}`,
    `SlurmdLogFile=${at('log/slurmd-%n.log')}`,
    'ReturnToService=2',
    'SlurmdTimeout=15',
    'MpiDefault=none',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    ...nodes.map(
      (name, i) =>
        `NodeName=${name} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${port + 1 + i} CPUs=${availableParallelism()} RealMemory=1000`,
    ),
    `PartitionName=main Nodes=${nodes.join(',')} Default=YES MaxTime=INFINITE State=UP`,
  ].join('\n')}\n`;
}

function requireMunge(): void {
  try {
    run('munge', '-n');
  } catch {
    mkdirSync('/run/munge', { recursive: true });
    run('chown', 'munge', '/run/munge');
    run('su', 'munge', '-s', '/bin/bash', '-c', '/usr/sbin/munged');
  }
}

/** Starts nodes n1, n2, ... and waits until they are idle. Commands of Slurm find them by SLURM_CONF, which is set. */
export async function startCluster(folder: string, count: number): Promise<void> {
  for (const name of ['state', 'log']) mkdirSync(join(folder, name));
  const nodes = Array.from({ length: count }, (_, i) => `n${i + 1}`);
  process.env.SLURM_CONF = join(folder, 'slurm.conf');
  writeFileSync(process.env.SLURM_CONF, configuration(folder, nodes));
  requireMunge();
  run('/usr/sbin/slurmctld');
  await setTimeout(500);
  for (const name of nodes) run('/usr/sbin/slurmd', '-N', name);
  const idle = (): number => {
    try {
      return Number(run('sinfo', '--noheader', '--states=idle', '--format=%D').trim() || 0);
    } catch {
      return 0;
    }
  };
  for (let i = 0; i < 200 && idle() < count; i++) await setTimeout(100);
}

/** Ends its daemons and removes its folder. */
export async function stopCluster(folder: string): Promise<void> {
  delete process.env.SLURM_CONF;
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.pid'))) {
    try {
      process.kill(Number(readFileSync(join(folder, name), 'utf8')));
    } catch {}
  }
  // They take a moment to write their last, also into folders that rmSync has emptied.
  for (let i = 0; existsSync(folder) && i < 100; i++) {
    await setTimeout(100);
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {}
  }
}
