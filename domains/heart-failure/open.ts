// Somebody's health records as the data of a run.
import { randomBytes } from 'node:crypto';
import type { Parts } from '../../data-adapters/dataset.ts';
import type { Cohort } from '../../data-adapters/heart-failure/cohort.ts';
import { openCohort } from '../../data-adapters/heart-failure/open-cohort.ts';
import type { OpenContext } from '../domain.ts';
import type { HeartFailureConfig } from './config.ts';
import { cohortParts } from './parts.ts';
import { type MemberSplits, splitMembers } from './records/split.ts';

/** What all windows together look at: as far back as the furthest, as near as the nearest. */
function widestWindow({ windows }: HeartFailureConfig): { observation: number; gap: number } {
  const gap = Math.min(...windows.map((window) => window.gap));
  const reach = Math.max(...windows.map((window) => window.observation + window.gap));
  return { observation: reach - gap, gap };
}

/** The funnel for the terminal: who was left after each rule. */
function* funnelLines({ funnel, notes }: Cohort): Generator<string> {
  for (const { rule, subjects, cases, controls } of funnel) {
    const counts = [
      ...(subjects === undefined ? [] : [`${subjects} people`]),
      ...(cases === undefined ? [] : [`${cases} cases`]),
      ...(controls === undefined ? [] : [`${controls} controls`]),
    ];
    yield `${rule}: ${counts.join(', ')}`;
  }
  yield* notes;
}

export async function open(source: string, context: OpenContext<HeartFailureConfig>): Promise<Parts> {
  const { config, random, threads, progress, signal, purpose } = context;
  const { memory, columns } = config.source;
  const cohort = await openCohort(source, config.cohort, {
    window: widestWindow(config),
    // Thrown away: nobody can tell from a run whose records it has seen.
    salt: randomBytes(16).toString('hex'),
    random: random.split('controls'),
    threads,
    memory,
    columns,
    progress,
    signal,
  });
  for (const line of funnelLines(cohort)) context.log(line);
  const everybody: MemberSplits = {
    train: new Uint32Array(),
    validation: new Uint32Array(),
    test: Uint32Array.from(cohort.members, (_, row) => row),
  };
  const splits =
    purpose === 'evaluation'
      ? everybody
      : splitMembers(cohort.members, { ...config.split, random: random.split('split') });
  return cohortParts(cohort, splits, { kind: 'files', source: cohort.source, notes: cohort.notes });
}
