// Whether the leading classifier does as well for women as for men, and at every age.

import { areaOf } from '../../../core/metrics/area-interval.ts';
import { deLong } from '../../../core/metrics/delong.ts';
import type { CohortMember } from '../../../data-adapters/heart-failure/cohort.ts';
import type { Group } from './curves.ts';
import type { ScoredPatients } from './scored-patients.ts';

const byAge = ['40 to 54', '55 to 64', '65 to 74', '75 and over'] as const;
const ageGroup = (age: number): (typeof byAge)[number] =>
  age < 55 ? byAge[0] : age < 65 ? byAge[1] : age < 75 ? byAge[2] : byAge[3];

const groupings: readonly { readonly names: readonly string[]; of(member: CohortMember): string }[] = [
  { names: ['female', 'male'], of: ({ sex }) => sex },
  { names: byAge, of: ({ age }) => ageGroup(age) },
];

/** Groups with two cases and two controls at least. */
export function groupAreas({ members, labels, scores }: ScoredPatients): Group[] {
  const { scores: logits } = scores[scores.length - 1];
  return groupings.flatMap(({ names, of }) =>
    names.flatMap((group): Group[] => {
      const rows = members.flatMap((member, row) => (of(member) === group ? row : []));
      const own = rows.map((row) => labels[row]);
      const cases = own.reduce((sum, y) => sum + y, 0);
      if (cases < 2 || own.length - cases < 2) return [];
      const areas = deLong([rows.map((row) => logits[row])], own);
      return [{ group, cases, controls: own.length - cases, ...areaOf(areas, own) }];
    }),
  );
}
