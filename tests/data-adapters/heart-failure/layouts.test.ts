// One story, see story.ts, in every layout of clinical records.
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseRecords } from '../../../data-adapters/heart-failure/open-cohort.ts';
import { cohortOf, folderOf, lines, told } from './records-fixture.ts';
import { inIcd, inSnomed, persons, plain, story, written } from './story.ts';

const synthea = {
  'patients.csv': lines(
    'Id,BIRTHDATE,DEATHDATE,SSN,GENDER',
    ...persons.map(([id, birth, sex]) => `${id},${birth},,999,${sex}`),
  ),
  'csv/conditions.csv.gz': lines(
    'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION',
    ...story.map(([id, date, , code], i) => `${date}T23:30:00Z,,${id},e${i},${code},"A name, quoted"`),
  ),
};

const person = [
  'person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime,race_concept_id',
  '1,8532,1950,1,1,,0',
  '2,8532,1950,7,1,,0',
  '3,8507,1950,1,1,,0',
];
const conditions = (separator: string, code: (icd: string) => string): string[] =>
  story.map(([id, date, icd], i) =>
    [i, id, '0', date, `${date} 08:00:00`, '', '', '0', '0', '', '', i + 1, '', code(icd), '0', ''].join(
      separator,
    ),
  );
const conditionColumns =
  'condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_start_datetime,condition_end_date,condition_end_datetime,condition_type_concept_id,condition_status_concept_id,stop_reason,provider_id,visit_occurrence_id,visit_detail_id,condition_source_value,condition_source_concept_id,condition_status_source_value';

describe('Synthea', () => {
  it('is read with the clock of the place, from gzip and folders as well', async () => {
    const folder = folderOf(synthea);
    expect(await recogniseRecords(folder)).toEqual({
      layout: 'Synthea CSV',
      tables: ['patients', 'conditions'],
    });
    const cohort = await cohortOf(folder);
    expect(told(cohort)).toEqual(inSnomed);
    expect(cohort.concepts[0]).toEqual({
      code: '44054006',
      system: 'SNOMED',
      kind: 'diagnosis',
      name: 'A name, quoted',
    });
  });
});

describe('OMOP', () => {
  it('is read from CSV, codes padded with blanks and without dots', async () => {
    const folder = folderOf({
      'person.csv': lines(...person),
      'condition_occurrence.csv': lines(conditionColumns, ...conditions(',', (icd) => `${plain(icd)}   `)),
    });
    expect(told(await cohortOf(folder))).toEqual(inIcd);
  });

  it('is read from tab-separated files without headers', async () => {
    const bare = person.slice(1).map((row) => `${row},0,,,,,,0,,0,,0`.split(',').join('\t'));
    const folder = folderOf({
      'person.tsv': lines(...bare),
      'condition_occurrence.tsv': lines(...conditions('\t', (icd) => icd)),
    });
    expect(told(await cohortOf(folder))).toEqual(inIcd);
  });

  it('takes eras and concepts where occurrences are not there, and names from the table of concepts', async () => {
    const concepts = new Map([
      ['401.9', '320128,Essential hypertension,SNOMED,59621000'],
      ['250.00', '201826,Type 2 diabetes mellitus,SNOMED,44054006'],
      ['272.4', '432867,Hyperlipidemia,SNOMED,55822004'],
      ['428.0', '4229440,Chronic congestive heart failure,SNOMED,88805009'],
    ]);
    const folder = folderOf({
      'PERSON.csv': lines(...person),
      'CONCEPT.csv': lines('concept_id,concept_name,vocabulary_id,concept_code', ...concepts.values()),
      'condition_era.csv': lines(
        'condition_era_id,person_id,condition_concept_id,condition_era_start_date,condition_era_end_date,condition_occurrence_count',
        ...story.map(
          ([id, date, icd], i) => `${i},${id},${concepts.get(icd)?.split(',')[0]},${date},${date},1`,
        ),
      ),
    });
    const cohort = await cohortOf(folder);
    expect(told(cohort)).toEqual(inSnomed);
    expect(cohort.concepts.map(({ name }) => name)).toContain('Type 2 diabetes mellitus');
  });

  it('knows heart failure by its standard concept alone', async () => {
    const folder = folderOf({
      'person.csv': lines(...person),
      'condition_era.csv': lines(
        'condition_era_id,person_id,condition_concept_id,condition_era_start_date',
        ...story.map(([id, date, icd], i) => `${i},${id},${icd === '428.0' ? 316139 : 320128},${date}`),
      ),
    });
    expect((await cohortOf(folder)).members).toHaveLength(2);
  });

  it('is read from Parquet in a folder for each table, and from a file of DuckDB’s', async () => {
    const people = `SELECT * FROM (VALUES (1, 8532, 1950, 1, 1), (2, 8532, 1950, 7, 1), (3, 8507, 1950, 1, 1)) t(person_id, gender_concept_id, year_of_birth, month_of_birth, day_of_birth)`;
    const events = `SELECT * FROM (VALUES ${story.map(([id, date, icd]) => `(${id}, DATE '${date}', '${icd}', 0)`).join(', ')}) t(person_id, condition_start_date, condition_source_value, condition_concept_id)`;
    const folder = await written((path) => [
      `ATTACH '${join(path, 'cdm.duckdb')}' AS cdm`,
      'CREATE SCHEMA cdm.omop',
      `CREATE TABLE cdm.omop.person AS ${people}`,
      `CREATE TABLE cdm.omop.condition_occurrence AS ${events}`,
      `COPY (${people}) TO '${join(path, 'person.parquet')}'`,
      `COPY (${events}) TO '${join(path, 'condition_occurrence')}' (FORMAT parquet, PER_THREAD_OUTPUT)`,
    ]);
    expect(told(await cohortOf(join(folder, 'cdm.duckdb')))).toEqual(inIcd);
    expect(told(await cohortOf(folder))).toEqual(inIcd);
  });

  it('says of PostgreSQL what is lacking, and never the password', async () => {
    const failed = cohortOf('postgresql://reader:secret@127.0.0.1:1/cdm');
    await expect(failed).rejects.toMatchObject({
      name: 'UserError',
      message: expect.not.stringContaining('secret'),
    });
  });
});

describe('MIMIC', () => {
  const later = (date: string): string => `21${date.slice(2)}`;
  it('IV: diagnoses count from admission, births are reckoned back, index dates count from first encounters', async () => {
    const folder = folderOf({
      'hosp/patients.csv.gz': lines(
        'subject_id,gender,anchor_age,anchor_year,anchor_year_group,dod',
        '1,F,60,2110,2008 - 2010,',
        '2,F,60,2110,2008 - 2010,',
        '3,M,60,2110,2008 - 2010,',
      ),
      'hosp/admissions.csv.gz': lines(
        'subject_id,hadm_id,admittime,dischtime,deathtime',
        ...story.map(([id, date], i) => `${id},${i},${later(date)} 10:00:00,${later(date)} 20:00:00,`),
      ),
      'hosp/diagnoses_icd.csv.gz': lines(
        'subject_id,hadm_id,seq_num,icd_code,icd_version',
        ...story.map(([id, , icd], i) =>
          icd === '428.0' ? `${id},${i},1,I509,10` : `${id},${i},1,${plain(icd)},9`,
        ),
      ),
      'hosp/d_icd_diagnoses.csv.gz': lines(
        'icd_code,icd_version,long_title',
        '4019,9,Hypertension',
        '4019,10,Another',
      ),
      'icu/icustays.csv.gz': lines('subject_id,hadm_id,stay_id', '1,1,1'),
    });
    const cohort = await cohortOf(folder);
    // 424 days after the control's own first encounter: 2110-07-01 is 257 days before it.
    expect(told(cohort)).toEqual(['case 60: 424 401.9, 273 250.00', 'control 60: 424 401.9, 257 272.4']);
    expect(cohort.concepts.find(({ code }) => code === '401.9')?.name).toBe('Hypertension');
    expect(cohort.notes.join()).toContain('the dates of this source are shifted');
  });

  it('III: names in capitals, dates of birth', async () => {
    const folder = folderOf({
      'PATIENTS.csv': lines(
        '"ROW_ID","SUBJECT_ID","GENDER","DOB","DOD"',
        ...persons
          .map(([id, birth, sex]) => `1,${id},"${sex}",${later(birth)} 00:00:00,`)
          .map((row) => row.replace('2150', '2050')),
      ),
      'ADMISSIONS.csv': lines(
        '"SUBJECT_ID","HADM_ID","ADMITTIME"',
        ...story.map(([id, date], i) => `${id},${i},${later(date)} 10:00:00`),
      ),
      'DIAGNOSES_ICD.csv': lines(
        '"SUBJECT_ID","HADM_ID","ICD9_CODE"',
        ...story.map(([id, , icd], i) => `${id},${i},"${plain(icd)}"`),
      ),
    });
    expect(told(await cohortOf(folder))).toEqual([
      'case 61: 424 401.9, 273 250.00',
      'control 60: 424 401.9, 257 272.4',
    ]);
  });
});

describe('FHIR', () => {
  const patient = persons.map(([id, birthDate, sex]) => ({
    resourceType: 'Patient',
    id: `p${id}`,
    birthDate,
    gender: sex === 'F' ? 'female' : 'male',
  }));
  const condition = story.map(([id, date, icd, snomed], i) => ({
    resourceType: 'Condition',
    id: `c${i}`,
    subject: { reference: `Patient/p${id}` },
    encounter: { reference: `Encounter/e${i}` },
    onsetDateTime: `${date}T23:30:00-05:00`,
    code: {
      coding: [
        { system: 'http://snomed.info/sct', code: snomed },
        { system: 'http://hl7.org/fhir/sid/icd-9-cm', code: icd, display: 'A name' },
      ],
    },
  }));
  const refuted = {
    ...condition[5],
    id: 'r',
    onsetDateTime: '2010-02-01',
    verificationStatus: { coding: [{ code: 'refuted' }] },
  };
  const order = (medication: object): object => ({
    resourceType: 'MedicationRequest',
    status: 'active',
    subject: { reference: 'urn:uuid:p1' },
    authoredOn: '2010-06-02',
    ...medication,
  });

  it('is read from a bulk export, ICD before SNOMED, without what is refuted', async () => {
    const folder = folderOf({
      'Patient.000.ndjson': lines(...patient.map((each) => JSON.stringify(each))),
      'Condition.000.ndjson.gz': lines(...[...condition, refuted].map((each) => JSON.stringify(each))),
      'Claim.000.ndjson': lines(JSON.stringify({ resourceType: 'Claim', id: 'x' }), '{"resourceType": "Cla'),
    });
    const cohort = await cohortOf(folder);
    expect(told(cohort)).toEqual(inIcd);
    expect(cohort.concepts[0].name).toBe('A name');
    expect(cohort.notes).toContain(
      'resources that are not read: 1 Claim, 1 that are no JSON or have no type',
    );
    expect(cohort.notes).toContain('1 resources that are refuted, not done or entered in error left out');
  });

  it('is read from Bundles, with references by URN and medications apart', async () => {
    const drug = {
      code: '313988',
      system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
      display: 'furosemide',
    };
    const bundle = (resources: readonly object[]): string =>
      JSON.stringify(
        { resourceType: 'Bundle', type: 'transaction', entry: resources.map((resource) => ({ resource })) },
        null,
        2,
      );
    const folder = folderOf({
      'one.json': bundle([
        ...patient,
        { resourceType: 'Medication', id: 'm', code: { coding: [drug] } },
        order({ medicationReference: { reference: 'urn:uuid:m' } }),
      ]),
      'two.json': bundle(condition),
    });
    const cohort = await cohortOf(folder);
    expect(told(cohort)).toEqual(['case 61: 424 401.9, 273 250.00, 272 313988', inIcd[1]]);
    expect(cohort.concepts.find(({ code }) => code === '313988')).toEqual({
      code: '313988',
      system: 'RxNorm',
      kind: 'medication',
      name: 'furosemide',
    });
  });
});

describe('MEDS', () => {
  it('is read from shards, births and sexes among the events, names from the metadata', async () => {
    const births = persons.map(([id, birth]) => `(${id}, TIMESTAMP '${birth}', 'MEDS_BIRTH', NULL)`);
    const sexes = persons.map(([id, , sex]) => `(${id}, NULL, 'GENDER//${sex}', NULL)`);
    const coded = story.map(([id, date, icd], i) => {
      const code = i % 2 === 0 ? `ICD9CM//${icd}` : `DIAGNOSIS//ICD//9//${plain(icd)}`;
      return `(${id}, TIMESTAMP '${date} 10:00:00', '${code}', NULL)`;
    });
    const folder = await written((path) => [
      `COPY (SELECT * FROM (VALUES ${[...births, ...sexes, ...coded].join(', ')}) t(subject_id, time, code, numeric_value)) TO '${join(path, 'data')}' (FORMAT parquet, PER_THREAD_OUTPUT)`,
      `COPY (SELECT 'ICD9CM//401.9' AS code, 'Hypertension' AS description) TO '${join(path, 'metadata')}' (FORMAT parquet, PER_THREAD_OUTPUT, FILENAME_PATTERN 'codes')`,
    ]);
    const cohort = await cohortOf(folder);
    expect(told(cohort)).toEqual(inIcd);
    expect(cohort.members[0].sex).toBe('female');
  });
});

describe('DE-SynPUF', () => {
  it('is read from wide claims; years of beneficiaries are their coverage', async () => {
    const beneficiaries = lines(
      '"DESYNPUF_ID","BENE_BIRTH_DT","BENE_DEATH_DT","BENE_SEX_IDENT_CD","SP_STATE_CODE"',
      '1,19500101,,2,05',
      '2,19500701,,2,05',
      '3,19500101,,1,05',
    );
    const years = Object.fromEntries(
      [2010, 2011].map((year) => [`DE1_0_${year}_Beneficiary_Summary_File_Sample_1.csv`, beneficiaries]),
    );
    const folder = folderOf({
      ...years,
      'DE1_0_2008_to_2010_Inpatient_Claims_Sample_1.csv.gz': lines(
        '"DESYNPUF_ID","CLM_ID","CLM_FROM_DT","ICD9_DGNS_CD_1","ICD9_DGNS_CD_2","ICD9_PRCDR_CD_1","HCPCS_CD_1"',
        ...story.map(([id, date, icd], i) => `${id},${i},${date.replaceAll('-', '')},,${plain(icd)},,`),
      ),
    });
    expect(told(await cohortOf(folder, { match: { site: true } }))).toEqual(inIcd);
  });
});

describe('what is not read', () => {
  it('is named', async () => {
    const folder = folderOf({ ...synthea, 'claims.csv': 'Id\n1\n', 'payers.csv': 'Id\n1\n' });
    expect((await cohortOf(folder)).notes).toContain('tables that are not read: claims, payers');
  });

  it('leaves nothing behind', async () => {
    const ours = (): string[] =>
      readdirSync(tmpdir()).filter((name) => name.startsWith(`deepfield-records-${process.pid}-`));
    await cohortOf(folderOf(synthea));
    await expect(cohortOf(folderOf({ 'patients.csv': 'Id\n1\n' }))).rejects.toThrow();
    expect(ours()).toEqual([]);
  });
});
