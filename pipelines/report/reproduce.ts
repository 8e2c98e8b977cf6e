// The command that makes a run again: only what differs from the preset is written out.
import type { Domain } from '../../domains/domain.ts';
import { differences } from '../config/config-tree.ts';
import { resolveConfig } from '../config/resolve-config.ts';
import type { RunStatus } from '../run-directory/run-status.ts';

/** Quotes a word for a POSIX shell where it needs it. */
export const quoted = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** `npx deepfield run <domain> --preset quick --seed 1 --set training.steps=500` */
export async function reproduceCommand(domain: Domain, status: RunStatus, config: unknown): Promise<string> {
  const preset = await resolveConfig(domain, { preset: status.preset });
  const words = [
    'npx',
    'deepfield',
    'run',
    domain.name,
    '--preset',
    status.preset,
    '--seed',
    `${status.seed}`,
  ];
  if (status.from !== undefined) words.push('--domain', status.from);
  if (status.source !== null) words.push('--source', status.source);
  if (status.device !== 'cpu') words.push('--device', status.device);
  for (const [path, value] of differences(preset.config, config as Record<string, unknown>)) {
    words.push('--set', `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  }
  return words.map(quoted).join(' ');
}
