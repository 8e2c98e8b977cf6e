// A promoted trial's run that goes on from the checkpoints of the rung before: a run directory of its own with the same prepared data,
// and with everything that training has written but for the networks that it ended in. From there on it is resumed like any run that
// was stopped. For domains whose networks then equal those of a run from the beginning (Domain.budget).
import { constants, existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Domain } from '../../../domains/domain.ts';
import { writeConfig } from '../../config/config-file.ts';
import type { RunLayout } from '../../run-directory/layout.ts';
import { readStatus, writeStatus } from '../../run-directory/run-status.ts';

/** Makes `to` from the finished run `from`. `to` is a run only when all of it is there. */
export async function continueRun(
  from: RunLayout,
  to: RunLayout,
  domain: Domain,
  config: unknown,
): Promise<void> {
  const { seconds, finished, ...status } = await readStatus(from);
  await mkdir(to.root, { recursive: true });
  for (const path of [from.prepared, from.data, from.checkpoints, from.metrics, from.environment]) {
    if (!existsSync(path)) continue;
    // Shares the bytes on file systems that can.
    const mode = constants.COPYFILE_FICLONE;
    await cp(path, join(to.root, basename(path)), { recursive: true, mode });
  }
  await writeConfig(to.config, domain, config);
  const { prepare = 0, train = 0 } = seconds;
  await writeStatus(to, {
    ...status,
    created: new Date().toISOString(),
    finished: { prepare: finished.prepare },
    seconds: { prepare, train },
  });
}
