import { describe, expect, it } from 'vitest';
import { NearestNeighbours } from '../../../../domains/heart-failure/baselines/nearest-neighbours.ts';
import { ungrouped } from '../../../../domains/heart-failure/records/groups.ts';
import { observedCohort } from '../../../../domains/heart-failure/records/observed-cohort.ts';
import { cohortWith, concept, member } from '../members.ts';

const concepts = ['A', 'B', 'C'].map((code) => concept(code));
const cohort = cohortWith(concepts, [
  member([
    [9, 0],
    [8, 1],
  ]),
  member([[9, 0]], { isCase: true }),
  member([[9, 2]], { isCase: true }),
  // The one who is asked about: A twice, B once.
  member([
    [9, 0],
    [8, 0],
    [7, 1],
  ]),
  // And one who has nothing that is known.
  member([]),
]);
const rows = Uint32Array.of(0, 1, 2);
const observed = observedCohort(cohort, { observation: 100, gap: 0 }, ungrouped, {
  training: rows,
  leastPatients: 1,
});
const neighbours = new NearestNeighbours(observed, rows, [0, 1, 1]);

describe('NearestNeighbours', () => {
  it('weighs neighbours by the cosine of their weighed counts, by hand', () => {
    // Of three records two have A, one each B and C: rarity ln(4 / (n + 1)).
    const [a, b] = [Math.log(4 / 3), Math.log(4 / 2)];
    const asked = [Math.log(3) * a, Math.log(2) * b];
    const first = [Math.log(2) * a, Math.log(2) * b];
    const cosine =
      (asked[0] * first[0] + asked[1] * first[1]) / (Math.hypot(...asked) * Math.hypot(...first));
    const withA = asked[0] / Math.hypot(...asked);
    const [one, all] = neighbours.scores(3, [1, 3]);
    expect(one).toBe(0);
    // float32 cosines.
    expect(all).toBeCloseTo(withA / (cosine + withA), 6);
  });

  it('knows nothing of a record without known codes', () => {
    expect(neighbours.scores(4, [1, 2])).toEqual([0, 0]);
  });
});
