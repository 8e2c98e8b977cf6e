// Patients to be asked about, in each of the ways in which they may be handed over. 2010-03-01 is day 14669 since 1970.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPatients } from '../../../data-adapters/heart-failure/read-patients.ts';
import { folderOf, lines } from './records-fixture.ts';

const written = (text: string, name = 'patients'): string => join(folderOf({ [name]: text }), name);
const read = (text: string) => readPatients(written(text));
const march = { day: 14_669, code: '401.9', system: 'ICD9CM', kind: 'diagnosis' };

describe('readPatients', () => {
  it('reads events in CSV, patients in the order of their first rows, events in that of their days', async () => {
    const patients = await read(
      lines(
        'patient_id,date,code,system,kind,birth_date,sex',
        'x,2010-03-02,313988,RxNorm,medication,1950-01-01,F',
        'y,2010-03-01T08:00:00Z,I50.9,,,,',
        'x,20100301,4019,ICD-9-CM,,1950-01-01,F',
      ),
    );
    expect(patients).toEqual([
      {
        birthDate: -7305,
        sex: 'female',
        events: [march, { day: 14_670, code: '313988', system: 'RxNorm', kind: 'medication' }],
        notes: [],
      },
      { sex: 'unknown', events: [{ ...march, code: 'I50.9', system: 'ICD10CM' }], notes: [] },
    ]);
  });

  it('reads one patient of a CSV without such a column, with an age', async () => {
    expect(await read(lines('date,code,age,sex', '2010-03-01,401.9,60,M'))).toEqual([
      { age: 60, sex: 'male', events: [march], notes: [] },
    ]);
  });

  it('takes the first day of a month or a year', async () => {
    const [{ events }] = await read(lines('date,code', '2010-03,401.9', '2010,401.9'));
    expect(events.map(({ day }) => day)).toEqual([14_610, 14_669]);
  });

  it('reads JSON', async () => {
    const events = [
      { date: '2010-03-01', code: 4019 },
      { date: '1949-01-01', code: 'Q1', system: 'Local' },
    ];
    expect(await read(JSON.stringify({ patients: [{ birthDate: '1950-01-01', sex: 'f', events }] }))).toEqual(
      [{ birthDate: -7305, sex: 'female', events: [march], notes: ['1 events before birth left out'] }],
    );
  });

  it('reads FHIR Bundles, and resources one a line', async () => {
    const coding = [
      { system: 'http://snomed.info/sct', code: '59621000' },
      { system: 'http://hl7.org/fhir/sid/icd-9-cm', code: '401.9' },
    ];
    const resources = [
      { resourceType: 'Patient', id: '7', birthDate: '1950-01-01', gender: 'female' },
      {
        resourceType: 'Condition',
        subject: { reference: 'Patient/7' },
        onsetDateTime: '2010-03-01',
        code: { coding },
      },
      {
        resourceType: 'Procedure',
        status: 'not-done',
        subject: { reference: 'Patient/7' },
        performedDateTime: '2010-03-01',
        code: { coding },
      },
    ];
    const expected = [{ birthDate: -7305, sex: 'female', events: [march], notes: [] }];
    const bundle = { resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) };
    expect(await read(JSON.stringify(bundle, null, 2))).toEqual(expected);
    expect(await read(lines(...resources.map((each) => JSON.stringify(each))))).toEqual(expected);
  });

  it.each([
    ['', /has no column date and code/],
    ['subject,when,code\n', /has no column date; it has subject, when, code/],
    ['date,code\n', /holds no patient/],
    ['subject,date,code\nJane,tomorrow,401.9\n', /row 1: "tomorrow" is no date; write it as 2013-05-23/],
    ['subject,date,code\nJane,2010-02-30,401.9\n', /row 1: "2010-02-30" is no date/],
    ['subject,date,code\nJane,2010-02-03,\n', /row 1: the event has no code/],
    ['date,code,kind\n2010-02-03,1,surgery\n', /"surgery" is no kind of event; give one of diagnosis/],
    ['date,code,age\n2010-02-03,1,old\n', /the age is no number of years/],
    ['date,code,dob\n2010-02-03,1,old\n', /the birth date is none/],
    ['{"patients": []}', /patients: .*; give a FHIR Bundle or/],
    ['{"patients": [{"events": [{"code": "1"}]}]}', /patients.0.events.0.date/],
    ['{"patients": [', /is no JSON/],
    ['{"resourceType": "Bundle", "entry": []}', /holds no patient/],
  ])('says what is wrong with %j, and never whose', async (text, message) => {
    const failed = read(text);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toMatchObject({
      name: 'UserError',
      message: expect.not.stringContaining('Jane'),
    });
  });

  it('says that there is no such file', async () => {
    await expect(readPatients('/nowhere/at/all.csv')).rejects.toThrow(/no such file or folder/);
  });
});
