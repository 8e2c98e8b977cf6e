// How far an element of a sweep is, read from its run directory, which alone counts; and the record of one that failed for good.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import { lockHolder } from '../run-directory/run-lock.ts';
import { type RunStatus, readStatus } from '../run-directory/run-status.ts';
import type { BatchElement, BatchRecords } from './batch.ts';
import { elementsByTask } from './halving/rung-elements.ts';
import { elementRun, type Sweep, type SweepElement } from './sweep-plan.ts';

/** `stopped` goes on where it was; `waiting` has not begun. */
export type ElementStatus = 'finished' | 'running' | 'failed' | 'stopped' | 'waiting';

export interface ElementState {
  readonly element: SweepElement;
  readonly status: ElementStatus;
  /** Of its run, where it has begun. */
  readonly run?: RunStatus;
  readonly failure?: Failure;
}

const failureSchema = z.object({
  /** Exit code, or the signal that ended it. */
  exit: z.union([z.int(), z.string()]),
  attempts: z.int(),
  /** The last lines that it wrote. */
  lines: z.array(z.string()),
});
export type Failure = z.infer<typeof failureSchema>;

const failurePath = ({ paths }: BatchRecords, { id }: BatchElement): string =>
  join(paths.failures, `${id}.json`);

/** Whether an element is recorded as failed for good. */
export const hasFailed = (batch: BatchRecords, element: BatchElement): boolean =>
  existsSync(failurePath(batch, element));

export const logPath = ({ paths }: BatchRecords, { id }: BatchElement): string =>
  join(paths.logs, `${id}.log`);

const mostLines = 8;

/** Records that an element failed for good, with the last lines of its log. */
export async function recordFailure(
  batch: BatchRecords,
  element: BatchElement,
  { exit, attempts, log }: Pick<Failure, 'exit' | 'attempts'> & { readonly log: string },
): Promise<Failure> {
  const text = await readFile(log, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const failure = { exit, attempts, lines: lines.slice(-mostLines) };
  await writeJson(failurePath(batch, element), failure);
  return failure;
}

export const forgetFailure = (batch: BatchRecords, element: BatchElement): Promise<void> =>
  rm(failurePath(batch, element), { force: true });

export async function elementState(sweep: Sweep, element: SweepElement): Promise<ElementState> {
  const paths = elementRun(sweep, element);
  const run = existsSync(paths.status) ? await readStatus(paths) : undefined;
  if (run?.finished.report !== undefined) return { element, status: 'finished', run };
  if (lockHolder(paths) !== undefined) return { element, status: 'running', run };
  const path = failurePath(sweep, element);
  if (existsSync(path)) {
    const failure = await readJson(path, failureSchema, 'delete the file');
    return { element, status: 'failed', run, failure };
  }
  return { element, status: run === undefined ? 'waiting' : 'stopped', run };
}

/** Of all elements that are known by now, in the order of the plan and rung after rung. */
export async function elementStates(sweep: Sweep): Promise<ElementState[]> {
  const states: ElementState[] = [];
  for (const element of (await elementsByTask(sweep)).values())
    states.push(await elementState(sweep, element));
  return states;
}
