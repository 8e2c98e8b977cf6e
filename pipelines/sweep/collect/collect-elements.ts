// What the runs of a sweep hold, read from their directories: figures, the objective, and how it went while training.

import { UserError } from '../../../core/errors.ts';
import type { Domain, Figure } from '../../../domains/domain.ts';
import { dataRecordSchema } from '../../run-directory/data-record.ts';
import { readJson } from '../../run-directory/json-file.ts';
import type { RunLayout } from '../../run-directory/layout.ts';
import { readMetrics } from '../../run-directory/metrics-log.ts';
import { modelIds } from '../../run-directory/model-store.ts';
import { resultsSchema } from '../../run-directory/results.ts';
import { type ElementState, elementStates } from '../element-state.ts';
import { elementRun, type Sweep } from '../sweep-plan.ts';
import type { FoldRows } from './fold-estimate.ts';
import { objectiveOf } from './objective.ts';

export interface CollectedElement {
  readonly state: ElementState;
  /** Of the test set; none while the run is not finished. */
  readonly figures: readonly Figure[];
  /** Seconds behind its results. */
  readonly seconds?: number;
  readonly objective?: number;
  /** Of a cross-validation, once it is finished. */
  readonly rows?: FoldRows;
  /** The metric of the objective by step. */
  readonly curve: readonly { readonly step: number; readonly value: number }[];
}

export interface Collected {
  readonly elements: readonly CollectedElement[];
  /** Why no run has the objective, where none has. */
  readonly mistake?: UserError;
}

/** Rows of all parts. */
async function foldRows({ data }: RunLayout): Promise<FoldRows> {
  const { parts } = await readJson(data, dataRecordSchema, 'start a new sweep');
  const count = (split: 'train' | 'test'): number =>
    Object.values(parts).reduce((sum, { splits }) => sum + splits[split], 0);
  return { train: count('train'), test: count('test') };
}

/** What one run holds, and why it has no objective, where that is a mistake. */
export async function readElement(
  sweep: Sweep,
  domain: Domain,
  state: ElementState,
): Promise<CollectedElement & { readonly mistake?: UserError }> {
  if (state.status !== 'finished') return { state, figures: [], curve: [] };
  const { objective } = sweep.plan;
  const paths = elementRun(sweep, state.element);
  const { figures, wallSeconds } = await readJson(paths.results, resultsSchema, 'evaluate the run again');
  const lines = readMetrics(paths.metrics);
  const network = objective.network ?? domain.primaryModel(await modelIds(paths));
  const curve = lines.flatMap((line) => {
    const [step, at] = [line.step ?? line.epoch, line[objective.metric]];
    return line.model === network && typeof step === 'number' && typeof at === 'number'
      ? [{ step, value: at }]
      : [];
  });
  const rows = sweep.plan.folds === undefined ? {} : { rows: await foldRows(paths) };
  const read = { state, figures, seconds: wallSeconds, curve, ...rows };
  try {
    return { ...read, objective: objectiveOf(objective, lines, network, paths.metrics) };
  } catch (mistake) {
    if (mistake instanceof UserError) return { ...read, mistake };
    throw mistake;
  }
}

export async function collectElements(sweep: Sweep, domain: Domain): Promise<Collected> {
  const elements: CollectedElement[] = [];
  let first: UserError | undefined;
  for (const state of await elementStates(sweep)) {
    const { mistake, ...element } = await readElement(sweep, domain, state);
    first ??= mistake;
    elements.push(element);
  }
  const none = elements.every(({ objective: value }) => value === undefined);
  return { elements, ...(none && { mistake: first }) };
}
