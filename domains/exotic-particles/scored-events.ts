// What the networks of a run say of events on disk: read once, block by block, asked of all networks.
import { logistic } from '../../core/metrics/logistic.ts';
import type { Progress } from '../../core/progress.ts';
import type { StoredRows } from '../../data-adapters/stored/stored-rows.ts';
import type { Models } from '../domain.ts';
import { spreadOfOutput, spreadOver } from '../ensemble.ts';
import { featuresInput, signalOutput } from './networks/names.ts';

/** Rows in one call: enough to keep the processor busy, few enough to stay in its cache. */
const rowsPerCall = 8192;

/**
 * Probability of signal of each row of a table of features, row-major, by one network.
 * @param own is set to the network's own spread, where it is an ensemble
 */
export async function scoreFeatures(
  features: Float32Array,
  columns: number,
  id: string,
  models: Models,
  own?: Float32Array,
): Promise<Float32Array> {
  const rows = features.length / columns;
  const scores = new Float32Array(rows);
  for (let from = 0; from < rows; from += rowsPerCall) {
    const taken = Math.min(rowsPerCall, rows - from);
    const data = features.subarray(from * columns, (from + taken) * columns);
    const outputs = await models.run(id, {
      [featuresInput]: { dtype: 'float32', shape: [taken, columns], data },
    });
    scores.set(outputs[signalOutput].data as Float32Array, from);
    own?.set((spreadOfOutput(outputs, signalOutput) ?? new Float32Array(taken)) as Float32Array, from);
  }
  return scores;
}

/** ln p / (1 - p), finite for float32 probabilities of 0 and 1. */
const logit = (p: number): number => Math.log((p + 1e-9) / (1 - p + 1e-9));

/** The probability whose logit is the mean of the members' logits. */
export function togetherOf(members: readonly Float32Array[]): Float32Array {
  if (members.length === 1) return members[0];
  return members[0].map((_, row) => {
    let sum = 0;
    for (const scores of members) sum += logit(scores[row]);
    return logistic(sum / members.length);
  });
}

/**
 * Standard deviation of the members' probabilities of each row; 0 for a single member.
 * @param own of each member, where it is an ensemble: their mean variance is added
 */
export function spreadOf(
  members: readonly Float32Array[],
  own: readonly ArrayLike<number>[] = [],
): Float32Array {
  return members[0].map((_, row) =>
    spreadOver(
      members.map((scores) => scores[row]),
      own.map((spreads) => spreads[row]),
    ),
  );
}

/** Probability of signal of rows of features by several networks together. */
export async function scoreTogether(
  features: Float32Array,
  columns: number,
  ids: readonly string[],
  models: Models,
): Promise<Float32Array> {
  const members: Float32Array[] = [];
  for (const id of ids) members.push(await scoreFeatures(features, columns, id, models));
  return togetherOf(members);
}

export interface ScoredEvents {
  readonly label: Uint8Array;
  readonly weight: Float32Array;
  /** Scores of each network, by id. */
  readonly scores: ReadonlyMap<string, Float32Array>;
}

export interface ScoringOptions {
  readonly rows: StoredRows;
  readonly ids: readonly string[];
  readonly models: Models;
  /** Events at most, spread over all. */
  readonly limit?: number;
  readonly progress: Progress;
  readonly label: string;
  readonly signal: AbortSignal;
}

/** Scores the events of a split by every network. */
export async function scoreEvents({
  rows,
  ids,
  models,
  limit = rows.length,
  progress,
  label: task,
  signal,
}: ScoringOptions): Promise<ScoredEvents> {
  const count = Math.min(limit, rows.length);
  const label = new Uint8Array(count);
  const weight = new Float32Array(count);
  const scores = new Map(ids.map((id) => [id, new Float32Array(count)]));
  const bar = progress.task(task, count, 'events');
  let at = 0;
  for await (const { size, columns } of rows.spread(count, ['features', 'label', 'weight'])) {
    signal.throwIfAborted();
    const width = columns.features.shape[0];
    const features = columns.features.data as Float32Array;
    label.set(columns.label.data as Uint8Array, at);
    weight.set(columns.weight.data as Float32Array, at);
    for (const [id, all] of scores) all.set(await scoreFeatures(features, width, id, models), at);
    at += size;
    bar.advance(size);
  }
  bar.end();
  return { label, weight, scores };
}

/** Scores of several networks of these events together. */
export const togetherScores = ({ scores }: ScoredEvents, ids: readonly string[]): Float32Array =>
  togetherOf(ids.map((id) => scores.get(id)!));
