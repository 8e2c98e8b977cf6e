import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupConcepts, readGroupMap } from '../../../data-adapters/heart-failure/code-groups.ts';
import {
  guessSystem,
  knownSystem,
  normaliseCode,
} from '../../../data-adapters/heart-failure/codes/code-systems.ts';
import { heartFailureCodes } from '../../../data-adapters/heart-failure/codes/heart-failure-codes.ts';
import { qualifying } from '../../../data-adapters/heart-failure/codes/qualifying.ts';
import { cohortDefinition } from '../../../data-adapters/heart-failure/cohort/definition.ts';
import type { Concept } from '../../../data-adapters/heart-failure/cohort.ts';
import { folderOf, lines } from './records-fixture.ts';

describe('code systems', () => {
  it.each([
    ['SNOMED-CT', 'SNOMED'],
    ['http://snomed.info/sct', 'SNOMED'],
    ['ICD-9-CM', 'ICD9CM'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'ICD10CM'],
    ['RxNorm Extension', 'RxNorm'],
    ['urn:oid:2.16.840.1.113883.6.88', 'RxNorm'],
    ['Local', undefined],
  ])('%s is %s', (name, system) => {
    expect(knownSystem(name)).toBe(system);
  });

  it.each([
    ['4280', 'ICD9CM', '428.0'],
    [' 428.0  ', 'ICD9CM', '428.0'],
    ['486', 'ICD9CM', '486'],
    ['E8788', 'ICD9CM', 'E878.8'],
    ['v4581', 'ICD9CM', 'V45.81'],
    ['3605', 'ICD9Proc', '36.05'],
    ['i509', 'ICD10CM', 'I50.9'],
    ['02H633Z', 'ICD10PCS', '02H633Z'],
    ['88805009', 'SNOMED', '88805009'],
  ])('%s of %s is written %s', (code, system, expected) => {
    expect(normaliseCode(code, system)).toBe(expected);
  });

  it('a code in one way of writing stays in it', () => {
    const system = fc.constantFrom('ICD9CM', 'ICD9Proc', 'ICD10CM', 'ICD10PCS', 'SNOMED', 'Local');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]?\d{2,6}$/), system, (code, of) => {
        expect(normaliseCode(normaliseCode(code, of), of)).toBe(normaliseCode(code, of));
      }),
    );
  });

  it.each([
    ['4280   ', 'diagnosis', 'ICD9CM'],
    ['V4581', 'diagnosis', 'ICD9CM'],
    ['E8788', 'diagnosis', 'ICD9CM'],
    ['E119', 'diagnosis', 'ICD10CM'],
    ['I50.9', 'diagnosis', 'ICD10CM'],
    ['88805009', 'diagnosis', 'SNOMED'],
    ['99213', 'procedure', 'CPT4'],
    ['G0008', 'procedure', 'HCPCS'],
    ['3605', 'procedure', 'ICD9Proc'],
    ['02H633Z', 'procedure', 'ICD10PCS'],
    ['1225002', 'procedure', 'SNOMED'],
    ['00002751001', 'medication', 'NDC'],
    ['313988', 'medication', 'RxNorm'],
    ['33762-6', 'laboratory', 'LOINC'],
    ['a word', 'diagnosis', undefined],
  ])('%s of a %s looks like %s', (code, kind, system) => {
    expect(guessSystem(code, kind)).toBe(system);
  });
});

describe('qualifying codes', () => {
  it('are the 25 of ICD-9 in the paper’s cohort, and their equivalents', () => {
    expect(new Set(heartFailureCodes.ICD9CM).size).toBe(25);
    const is = qualifying(cohortDefinition.parse({}).codes);
    for (const [system, code] of [
      ['ICD9CM', '428.0'],
      ['ICD9CM', '404.93'],
      ['ICD10CM', 'I50.9'],
      ['ICD10CM', 'I50.813'],
      ['ICD10CM', 'I11.0'],
      ['SNOMED', '88805009'],
      ['OMOP', '316139'],
    ]) {
      expect(is({ system, code }), code).toBe(true);
    }
    for (const [system, code] of [
      ['ICD9CM', '401.9'],
      ['ICD9CM', '404.92'],
      ['ICD10CM', 'I11.9'],
      ['ICD10CM', 'I51.9'],
      ['LOINC', '88805009'],
    ]) {
      expect(is({ system, code }), code).toBe(false);
    }
  });

  it('may be written with other names of systems, and are never all of a system', () => {
    expect(qualifying({ 'ICD-10-CM': ['i50*'] })({ system: 'ICD10CM', code: 'I50.1' })).toBe(true);
    expect(() => qualifying({ SNOMED: ['*'] })).toThrow(/every code of SNOMED would make a case/);
  });
});

describe('the definition', () => {
  it('refuses ages in the wrong order, and settings that it does not know', () => {
    expect(cohortDefinition.safeParse({ age: [85, 40] }).success).toBe(false);
    expect(cohortDefinition.safeParse({ window: 365 }).success).toBe(false);
    expect(cohortDefinition.parse(undefined).occurrences).toBe(3);
  });
});

describe('groups of codes', () => {
  const concepts: Concept[] = [
    { code: '428.0', system: 'ICD9CM', kind: 'diagnosis' },
    { code: '428.9', system: 'ICD9CM', kind: 'diagnosis' },
    { code: '999.9', system: 'ICD9CM', kind: 'diagnosis' },
    { code: '428.0', system: 'Local', kind: 'diagnosis' },
  ];

  it('are read in the writing of AHRQ, and what has none stays and is counted', async () => {
    const folder = folderOf({
      'ccs_dx.csv': lines(
        "'ICD-9-CM CODE','CCS CATEGORY','CCS CATEGORY DESCRIPTION','ICD-9-CM CODE DESCRIPTION'",
        "'     ','0    ','No DX',INVALID",
        "'4280 ','108  ','chf;nonhp','CHF, NOS'",
        "'4289 ','108  ','chf;nonhp',HEART FAILURE NOS",
      ),
    });
    const map = await readGroupMap(join(folder, 'ccs_dx.csv'));
    expect(map.systems).toEqual(['ICD9CM']);
    const grouped = groupConcepts(concepts, [map]);
    expect(grouped.concepts).toEqual([
      { code: '108', system: 'ccs_dx.csv', kind: 'diagnosis', name: 'chf;nonhp' },
      concepts[2],
      concepts[3],
    ]);
    expect([...grouped.numbers]).toEqual([0, 0, 1, 2]);
    expect(grouped.unmapped).toBe(2);
  });

  it('are read from two columns of anything, gzipped as well', async () => {
    const folder = folderOf({ 'drugs.csv.gz': lines('drug,class', '313988,diuretics') });
    const map = await readGroupMap(join(folder, 'drugs.csv.gz'), ['RxNorm']);
    const furosemide: Concept = { code: '313988', system: 'RxNorm', kind: 'medication' };
    expect(groupConcepts([furosemide], [map]).concepts[0].code).toBe('diuretics');
  });

  it('are refused where there are none', async () => {
    const folder = folderOf({ 'one.csv': 'a\nb\n', 'empty.csv': 'code,group\n' });
    await expect(readGroupMap(join(folder, 'one.csv'))).rejects.toThrow(/is no table of codes and groups/);
    await expect(readGroupMap(join(folder, 'empty.csv'))).rejects.toThrow(/maps no code to a group/);
    await expect(readGroupMap(join(folder, 'none.csv'))).rejects.toThrow(/no such file/);
    const cut = gzipSync('code,group\n1,2\n').subarray(0, 20);
    writeFileSync(join(folder, 'cut.csv.gz'), cut);
    await expect(readGroupMap(join(folder, 'cut.csv.gz'))).rejects.toThrow(/is a damaged gzip file/);
  });
});
