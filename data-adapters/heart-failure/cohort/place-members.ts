// Cases with their controls, each in a match set; a case for which there is no control is counted and left out.
import { UserError } from '../../../core/errors.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { FunnelStep, Window } from '../cohort.ts';
import type { Database } from '../records/database.ts';
import type { Place } from './collect-members.ts';
import type { CohortDefinition } from './definition.ts';
import { controlRules, indexOf, type MatchRules, matchControls } from './match.ts';
import { never, type People, readActivity, readPeople } from './people.ts';

export interface Placed {
  /** Set by set, the case first. */
  readonly places: readonly Place[];
  readonly funnel: readonly FunnelStep[];
  readonly notes: readonly string[];
}

/** 1 January 2090, days since 1970: no record that is true to the calendar begins later. */
const future = 43_829;

function isShifted({ first }: People): boolean {
  return 2 * first.reduce((sum, day) => sum + Number(day > future), 0) > first.length;
}

/** @param cases numbers of persons, in order */
export async function placeMembers(
  database: Database,
  cases: Int32Array,
  definition: CohortDefinition,
  window: Window,
  random: RandomStream,
): Promise<Placed> {
  const { match, minimumEvents, controls: asked } = definition;
  if (match.site && (await database.count('SELECT count(site) FROM persons')) === 0) {
    throw new UserError({
      what: 'the source names no clinics to match on',
      where: 'cohort.match.site',
      how: 'set it to false',
    });
  }
  const people = await readPeople(database, definition);
  const rows = new Map(Array.from(people.sid, (sid, row) => [sid, row]));
  const ofCases = Array.from(cases, (sid) => rows.get(sid)!);
  const byRecord = asked.indexDate === 'record' || (asked.indexDate === 'auto' && isShifted(people));
  const rules: MatchRules = { definition, window, byRecord };
  const onsets = ofCases.map((row) => people.onset[row]);
  const from = byRecord ? -never : onsets.reduce((a, b) => Math.min(a, b)) - window.gap - window.observation;
  const to = byRecord ? never : onsets.reduce((a, b) => Math.max(a, b)) - window.gap;
  const activity = minimumEvents > 0 ? await readActivity(database, people, from, to) : undefined;
  const { controls, eligible } = matchControls(people, ofCases, rules, activity, random.split('match'));
  const alone = controls.filter((own) => own.length === 0).length;
  const places: Place[] = [];
  let matchSet = 0;
  ofCases.forEach((row, i) => {
    if (controls[i].length === 0) return;
    for (const [person, isCase] of [
      [row, true] as const,
      ...controls[i].map((each) => [each, false] as const),
    ]) {
      places.push({ sid: people.sid[person], matchSet, isCase, index: indexOf(rules, people, person, row) });
    }
    matchSet++;
  });
  return {
    places,
    funnel: [
      ...controlRules(rules).map((rule, i) => ({ rule, controls: eligible[i] })),
      {
        rule: `up to ${match.controls} controls for each case, nobody twice`,
        cases: matchSet,
        controls: places.length - matchSet,
      },
    ],
    notes: [
      ...(byRecord
        ? [
            'index dates of controls are as long after their first encounter as those of their cases: the dates of this source are shifted',
          ]
        : []),
      ...(alone === 0 ? [] : [`${alone} cases for which there is no control left out`]),
    ],
  };
}
