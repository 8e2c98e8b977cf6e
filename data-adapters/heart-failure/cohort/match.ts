// Controls for cases: incidence density sampling (Lubin and Gail, Biometrics 40, 63 (1984)) as in the paper. Whoever meets the rules on a
// case's index date may be its control. Two things are stricter here, so that parts of a split can be disjoint in persons as
// in match sets: nobody is a control twice, and no case of the cohort is a control of another.
import type { RandomStream } from '../../../core/random.ts';
import type { Window } from '../cohort.ts';
import { dateNumber, yearsBetween } from './age.ts';
import { reach } from './case-rules.ts';
import type { CohortDefinition } from './definition.ts';
import { type Activity, eventsBetween, never, type People } from './people.ts';

export interface MatchRules {
  readonly definition: CohortDefinition;
  readonly window: Window;
  /** Whether index dates are counted from first encounters, since the calendar says nothing. */
  readonly byRecord: boolean;
}

/** Day of a control's index date: the case's, or as long after its own first encounter. */
export const indexOf = ({ byRecord }: MatchRules, people: People, person: number, ofCase: number): number =>
  people.onset[ofCase] + (byRecord ? people.first[person] - people.first[ofCase] : 0);

/** The rules in their order; a rule that the definition does without is met by everybody. */
export function controlRules({ definition, window, byRecord }: MatchRules): string[] {
  const { match, controls, age, minimumEvents } = definition;
  const alike = [
    ...(match.sex ? ['sex'] : []),
    ...(match.site ? ['clinic'] : []),
    ...(match.age === null ? [] : [`age within ${match.age} years`]),
  ];
  return [
    alike.length === 0 ? 'not a case' : `not a case, and a case’s ${alike.join(', ')}`,
    `not meeting the criteria until ${controls.freeFor} days after the index date`,
    `age ${age[0]} to ${age[1]} at the index date`,
    controls.firstEncounterWithin === null || byRecord
      ? 'a first encounter at any time'
      : `first encounter within ${controls.firstEncounterWithin} days of the case’s`,
    controls.seenSince === null
      ? 'alive at the index date'
      : `alive at the index date and seen from ${controls.seenSince} days before it on`,
    `a record of ${reach(definition, window)} days before the index date`,
    `at least ${minimumEvents} events in the observation window`,
  ];
}

/** The number of rules that a person meets, one after another, as a control of a case. */
function judge(
  rules: MatchRules,
  people: People,
  activity: Activity | undefined,
): (person: number, ofCase: number) => number {
  const { definition, window, byRecord } = rules;
  const { controls, age, minimumEvents } = definition;
  const { onset, birth, death, start, finish, first, last } = people;
  const born = birth.map((day) => (day === never ? never : dateNumber(day)));
  const back = reach(definition, window);
  const apart = controls.firstEncounterWithin === null || byRecord ? never : controls.firstEncounterWithin;
  const unseen = controls.seenSince ?? never;
  const end = window.gap + 1;
  let today = 0;
  let todayNumber = dateNumber(0);
  return (person, ofCase) => {
    const index = indexOf(rules, people, person, ofCase);
    if (onset[person] <= index + controls.freeFor) return 1;
    if (born[person] === never) return 2;
    if (index !== today) {
      today = index;
      todayNumber = dateNumber(index);
    }
    const years = yearsBetween(born[person], todayNumber);
    if (years < age[0] || years > age[1]) return 2;
    if (Math.abs(first[person] - first[ofCase]) > apart) return 3;
    if (death[person] < index || last[person] < index - unseen) return 4;
    if (start[person] > index - back || finish[person] < index) return 5;
    if (activity === undefined) return 7;
    return eventsBetween(activity, person, index - end - window.observation, index - end) < minimumEvents
      ? 6
      : 7;
  };
}

export interface Matches {
  /** Controls of each case, as rows of `people`. */
  readonly controls: readonly (readonly number[])[];
  /** After each rule, how many persons may be a control of at least one case. */
  readonly eligible: readonly number[];
}

/** Of more candidates than this for each control that is wanted, a random part is kept. */
const candidatesPerControl = 20;

/** A random part, in random order. */
function draw(candidates: number[], size: number, random: RandomStream): number[] {
  const kept = Math.min(size, candidates.length);
  for (let i = 0; i < kept; i++) {
    const j = i + random.integer(candidates.length - i);
    [candidates[i], candidates[j]] = [candidates[j], candidates[i]];
  }
  return candidates.slice(0, kept);
}

/**
 * Draws up to `match.controls` controls for each case, one for each in turn, so that all have one before any has two.
 *
 * @param cases rows of `people` @param activity left out when no events are asked for
 */
export function matchControls(
  people: People,
  cases: readonly number[],
  rules: MatchRules,
  activity: Activity | undefined,
  random: RandomStream,
): Matches {
  const { match } = rules.definition;
  const { group } = people;
  const birth = rules.byRecord
    ? people.birth.map((day, i) => (day === never ? never : day - people.first[i]))
    : people.birth;
  const isCase = new Set(cases);
  const order = Uint32Array.from(group, (_, i) => i).filter((person) => !isCase.has(person));
  order.sort((a, b) => group[a] - group[b] || birth[a] - birth[b] || a - b);
  const met = new Uint8Array(group.length);
  const rulesMet = judge(rules, people, activity);
  const days = match.age === null ? never : Math.floor(match.age * 365.25);
  const candidates = cases.map((ofCase, i) => {
    const from = birth[ofCase] - days;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const person = order[middle];
      if (group[person] < group[ofCase] || (group[person] === group[ofCase] && birth[person] < from))
        low = middle + 1;
      else high = middle;
    }
    const eligible: number[] = [];
    for (; low < order.length && group[order[low]] === group[ofCase]; low++) {
      const person = order[low];
      if (match.age !== null && birth[person] - birth[ofCase] > days) break;
      const stage = rulesMet(person, ofCase);
      if (stage > met[person]) met[person] = stage;
      if (stage === 7) eligible.push(person);
    }
    return draw(eligible, candidatesPerControl * match.controls, random.split('candidates', i));
  });
  const taken = new Set<number>();
  const controls = cases.map(() => [] as number[]);
  const turns = random.split('turns').permutation(cases.length);
  const next = new Uint32Array(cases.length);
  for (let round = 0; round < match.controls; round++) {
    for (const turn of turns) {
      const own = candidates[turn];
      while (next[turn] < own.length && taken.has(own[next[turn]])) next[turn]++;
      if (next[turn] === own.length) continue;
      const person = own[next[turn]++];
      taken.add(person);
      controls[turn].push(person);
    }
  }
  const eligible = Array.from({ length: 7 }, (_, n) =>
    met.reduce((sum, stage) => sum + Number(stage > n), 0),
  );
  return { controls, eligible };
}
