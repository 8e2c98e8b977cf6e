// Train: gives the domain its prepared data and keeps what it makes: checkpoints, metrics.jsonl, the finished networks.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainContext } from '../../domains/domain.ts';
import { fileStem } from '../run-directory/layout.ts';
import { type MetricsLine, MetricsLog } from '../run-directory/metrics-log.ts';
import { hasModel, modelIds, saveModel, writePrimaryModel } from '../run-directory/model-store.ts';
import { preparedParts } from './prepare.ts';
import { type Run, requireStage } from './run.ts';
import { stageContext, type Work } from './work.ts';

/**
 * Appends to the log. What an earlier process wrote of a network from the step of its first line on, and lost with no
 * checkpoint behind it, is dropped, so that no step stands twice.
 */
function recorder(log: MetricsLog): (line: MetricsLine) => void {
  const begun = new Set<string>();
  return (line) => {
    const { model, step } = line;
    if (typeof model === 'string' && typeof step === 'number' && !begun.has(model)) {
      begun.add(model);
      log.rewind((earlier) => earlier.model !== model || Number(earlier.step) < step);
    }
    log.append(line);
  };
}

export async function train(run: Run, work: Work): Promise<void> {
  requireStage(run, 'prepare');
  const { paths, domain } = run;
  const parts = await preparedParts(run);
  const log = new MetricsLog(paths.metrics);
  const context: TrainContext<unknown> = {
    ...stageContext(run, 'train', work),
    checkpointDirectory(modelId) {
      const folder = join(paths.checkpoints, fileStem(modelId));
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    record: recorder(log),
    rewind: (keep) => log.rewind(keep),
    hasModel: (modelId) => hasModel(paths, modelId),
    saveModel: (modelId, model) => saveModel(paths, modelId, model),
  };
  try {
    await domain.train(parts, context);
  } finally {
    log.close();
  }
  const ids = await modelIds(paths);
  if (ids.length === 0) throw new RangeError(`${domain.name} saved no network`);
  await writePrimaryModel(paths, domain.primaryModel(ids));
}
