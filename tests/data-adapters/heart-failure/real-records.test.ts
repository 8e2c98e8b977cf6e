// Records that others made, where they are present (../shared/data; SOURCES.md there says whose they are): the numbers of persons with heart
// failure are those that SOURCES.md counts with other tools.
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { groupConcepts, readGroupMap } from '../../../data-adapters/heart-failure/code-groups.ts';
import type { CohortDefinitionInput } from '../../../data-adapters/heart-failure/cohort/definition.ts';
import type { Cohort } from '../../../data-adapters/heart-failure/cohort.ts';
import { cohortOf, folderOf } from './records-fixture.ts';

const shared = fileURLToPath(new URL('../../../../shared/data/heart-failure', import.meta.url));
const present = existsSync(shared);
const at = (name: string): string => join(shared, name);

/** Everybody who ever had a code is a case, and as many as can be have controls. */
const lenient: CohortDefinitionInput = {
  occurrences: 1,
  age: [0, 130],
  coverage: 0,
  minimumEvents: 0,
  match: { age: 10 },
  controls: { firstEncounterWithin: null, seenSince: null },
};
const withCode = (cohort: Cohort): number | undefined =>
  cohort.funnel.find(({ rule }) => rule === 'a qualifying code')?.cases;
const everybody = (cohort: Cohort): number | undefined => cohort.funnel[0].subjects;

describe.skipIf(!present)(
  `real records${present ? '' : ' (skipped: ../shared/data/heart-failure is not here)'}`,
  () => {
    it('Synthea CSV: 2 of 111 patients', async () => {
      const cohort = await cohortOf(at('synthea_csv_111'), lenient);
      expect([everybody(cohort), withCode(cohort)]).toEqual([111, 2]);
      expect(cohort.concepts.every(({ name }) => name !== undefined)).toBe(true);
    });

    it('OMOP of Synthea: 62 of 1,178 persons with 88805009', async () => {
      const cohort = await cohortOf(at('omop_synthea_1160'), { ...lenient, codes: { SNOMED: ['88805009'] } });
      expect([everybody(cohort), withCode(cohort)]).toEqual([1178, 62]);
      expect(cohort.members.filter(({ isCase }) => isCase)).toHaveLength(62);
      expect(cohort.members.every(({ daysBefore }) => daysBefore.every((days) => days > 0))).toBe(true);
    });

    it('OMOP of MIMIC-IV: 24 of 100 persons with 428 or I50', async () => {
      const codes = { ICD9CM: ['428*'], ICD10CM: ['I50*'] };
      const cohort = await cohortOf(at('omop_mimic4demo'), { ...lenient, codes });
      expect([everybody(cohort), withCode(cohort)]).toEqual([100, 24]);
      expect(cohort.notes.join()).toContain('the dates of this source are shifted');
    });

    it('OMOP of GiBleed: nobody has heart failure', async () => {
      await expect(cohortOf(at('omop_gibleed'), lenient)).rejects.toThrow(
        /no case is left after the rule “a qualifying code” \(everybody in the source: 2694 > /,
      );
    });

    it('MIMIC-III: 35 of 100 patients with 428', async () => {
      const cohort = await cohortOf(at('mimic3demo'), { ...lenient, codes: { ICD9CM: ['428*'] } });
      expect([everybody(cohort), withCode(cohort)]).toEqual([100, 35]);
    });

    it('FHIR bulk export: nobody has heart failure', async () => {
      await expect(cohortOf(at('fhir_bulk_10'), lenient)).rejects.toThrow(
        /no case is left after the rule “a qualifying code”/,
      );
      // Two with hypertension: 59621000, by the conditions' own display.
      const cohort = cohortOf(at('fhir_bulk_10'), {
        ...lenient,
        match: { age: null, sex: false },
        codes: { SNOMED: ['59621000'] },
      });
      expect(withCode(await cohort)).toBe(2);
    });

    it('MEDS: 100 subjects without diagnoses', async () => {
      await expect(cohortOf(at('meds_sample'), lenient)).rejects.toThrow(
        /everybody in the source: 100 > .*a qualifying code: 0/,
      );
    });

    it('CCS: 428.x is 108, congestive heart failure', async () => {
      const map = await readGroupMap(at('code_maps/ccs_single_dx_tool_2015.csv.gz'));
      expect(map.systems).toEqual(['ICD9CM']);
      // 15,072 codes and their header's empty one, which is none.
      expect(map.groups.size).toBe(15_072);
      const concept = { code: '428.0', system: 'ICD9CM', kind: 'diagnosis' } as const;
      const { concepts } = groupConcepts([concept], [map]);
      expect(concepts[0]).toMatchObject({ code: '108', name: expect.stringMatching(/chf/i) });
      const procedures = await readGroupMap(at('code_maps/ccs_single_pr_tool_2015.csv.gz'));
      expect(procedures.systems).toEqual(['ICD9Proc']);
    });

    it('DE-SynPUF: 1,093 of the 10,000 beneficiaries of sample 1 with an inpatient 428', async () => {
      // Counted with Python's csv. All 18 samples give the 18,755 of SOURCES.md, but take too long here.
      const folder = folderOf({ 'README.md': '' });
      const files = readdirSync(at('synpuf_cms_10k')).filter((name) => /Sample_1\.csv/.test(name));
      for (const name of files) symlinkSync(at(`synpuf_cms_10k/${name}`), join(folder, name));
      const cohort = await cohortOf(folder, { codes: { ICD9CM: ['428*'] }, occurrences: 1 });
      expect([files.length, everybody(cohort), withCode(cohort)]).toEqual([4, 10_000, 1093]);
    });
  },
);
