import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { groupByCategory, groupingBy, ungrouped } from '../../../../domains/heart-failure/records/groups.ts';
import { observedCohort } from '../../../../domains/heart-failure/records/observed-cohort.ts';
import {
  vocabularyFromText,
  vocabularyOf,
  vocabularyText,
} from '../../../../domains/heart-failure/records/vocabulary.ts';
import { cohortWith, concept, member } from '../members.ts';

const concepts = ['401.9', '250.00', '250.02', 'E885.9'].map((code) => concept(code));
const cohort = cohortWith(concepts, [
  member([
    [30, 0],
    [20, 0],
    [10, 1],
  ]),
  member([[20, 0]]),
  member([[20, 2]]),
]);

describe('vocabularyOf', () => {
  it('knows the codes that enough patients of the training set have', () => {
    const { concepts: known, numbers } = vocabularyOf(cohort, Uint32Array.of(0, 1), 2);
    expect(known.map(({ code }) => code)).toEqual(['401.9']);
    expect([...numbers]).toEqual([1, 0, 0, 0]);
  });

  it('says what to do where no code is left', () => {
    expect(() => vocabularyOf(cohort, Uint32Array.of(0), 2)).toThrow(
      'representation.leastPatients: no code is in the records of 2 patients of the training set; lower it, or bring more records',
    );
  });

  it('finds its codes in another cohort, where they have other numbers', () => {
    const text = vocabularyText(vocabularyOf(cohort, Uint32Array.of(0, 1, 2), 1));
    const others = [concept('250.02'), concept('1234', { system: 'RxNorm' }), concept('401.9')];
    expect([...vocabularyFromText(text, others).numbers]).toEqual([3, 0, 1]);
  });
});

describe('groupByCategory', () => {
  it('takes codes of one category of ICD-9-CM for one, and leaves those of other systems', () => {
    const drugs = [concept('25', { system: 'RxNorm', kind: 'medication' })];
    const { concepts: groups, numbers } = groupByCategory([...concepts, ...drugs]);
    expect(groups.map(({ code }) => code)).toEqual(['401', '250', 'E885', '25']);
    expect([...numbers]).toEqual([0, 1, 1, 2, 3]);
  });
});

describe('groupingBy', () => {
  it('takes groups from files, leaves codes that none has, and counts them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deepfield-heart-'));
    const file = join(folder, 'groups.csv');
    await writeFile(file, 'code,group\n401.9,raised pressure\n25000,sugar\n25002,sugar\n');
    const group = await groupingBy([file]);
    const { concepts: groups, numbers, unmapped } = group(concepts);
    expect(groups.map(({ code }) => code)).toEqual(['raised pressure', 'sugar', 'E885.9']);
    expect([...numbers]).toEqual([0, 1, 1, 2]);
    expect(unmapped).toBe(1);
    await rm(folder, { recursive: true });
    await expect(groupingBy([file])).rejects.toThrow(/groups\.csv/);
  });
});

describe('observedCohort', () => {
  it('sees the window alone, and counts what it sees', () => {
    const observed = observedCohort(cohort, { observation: 15, gap: 15 }, ungrouped, {
      training: Uint32Array.of(0, 1, 2),
      leastPatients: 1,
    });
    // 30 and 20 days before are seen, 10 is in the gap, and so 250.00 is never seen.
    expect(observed.vocabulary.concepts.map(({ code }) => code)).toEqual(['401.9', '250.02']);
    expect([...observed.counts([0])]).toEqual([2, 0]);
    expect([...observed.steps(0, { codesPerStep: 1, longest: 5 }).days]).toEqual([15, 5]);
  });

  it('sees groups in the place of codes', () => {
    const observed = observedCohort(cohort, { observation: 100, gap: 0 }, groupByCategory, {
      training: Uint32Array.of(0, 1, 2),
      leastPatients: 1,
    });
    expect(observed.vocabulary.concepts.map(({ code }) => code)).toEqual(['401', '250']);
    const steps = [0, 2].map((row) => [...observed.steps(row, { codesPerStep: 1, longest: 5 }).codes]);
    expect(steps).toEqual([[1, 1, 2], [2]]);
  });
});
