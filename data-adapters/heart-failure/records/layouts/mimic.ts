// MIMIC-III (Johnson et al. 2016) and MIMIC-IV (hosp), https://mimic.mit.edu/docs. Diagnoses are coded after discharge; they count
// from admission here, so that nothing of a stay comes before the diagnosis that it ended with.
import type { EventTable, Join, Layout } from '../layout.ts';

const admissions: Join = { table: 'admissions', on: [['hadm_id', 'hadm_id']] };

const icd = (
  table: string,
  kind: EventTable['kind'],
  names: string,
  nine: string,
  ten: string,
  time: readonly string[],
): EventTable => ({
  table,
  kind,
  subject: 'subject_id',
  time,
  codes: [
    { code: 'icd9_code', system: nine, name: 'nine.long_title' },
    {
      code: 'icd_code',
      systemColumn: 'icd_version',
      systems: { '9': nine, '10': ten },
      name: 'titles.long_title',
    },
  ],
  encounter: 'hadm_id',
  joins: [
    admissions,
    { table: names, as: 'nine', on: [['icd9_code', 'icd9_code']] },
    {
      table: names,
      as: 'titles',
      on: [
        ['icd_code', 'icd_code'],
        ['icd_version', 'icd_version'],
      ],
    },
  ],
});

export const mimic: Layout = {
  name: 'MIMIC',
  tables: {
    patients: undefined,
    admissions: undefined,
    diagnoses_icd: undefined,
    procedures_icd: undefined,
    prescriptions: undefined,
    labevents: undefined,
    hcpcsevents: undefined,
    cptevents: undefined,
    d_icd_diagnoses: undefined,
    d_icd_procedures: undefined,
    d_labitems: undefined,
  },
  needs: [['patients'], ['admissions'], ['diagnoses_icd', 'procedures_icd', 'prescriptions', 'labevents']],
  subjects: [
    {
      table: 'patients',
      subject: 'subject_id',
      birth: ['dob'],
      birthYear: { year: 'anchor_year', less: 'anchor_age' },
      sex: ['gender'],
      death: ['dod'],
    },
  ],
  events: [
    {
      table: 'admissions',
      kind: 'visit',
      subject: 'subject_id',
      time: ['admittime'],
      encounter: 'hadm_id',
    },
    icd('diagnoses_icd', 'diagnosis', 'd_icd_diagnoses', 'ICD9CM', 'ICD10CM', ['admissions.admittime']),
    icd('procedures_icd', 'procedure', 'd_icd_procedures', 'ICD9Proc', 'ICD10PCS', [
      'chartdate',
      'admissions.admittime',
    ]),
    {
      table: 'prescriptions',
      kind: 'medication',
      subject: 'subject_id',
      time: ['starttime', 'startdate', 'admissions.admittime'],
      codes: [
        { code: 'ndc', system: 'NDC', name: 'drug' },
        { code: 'drug', system: 'MIMIC', name: 'drug' },
      ],
      encounter: 'hadm_id',
      joins: [admissions],
    },
    {
      table: 'labevents',
      kind: 'laboratory',
      subject: 'subject_id',
      time: ['charttime'],
      codes: [
        { code: 'd_labitems.loinc_code', system: 'LOINC', name: 'd_labitems.label' },
        { code: 'itemid', system: 'MIMIC', name: 'd_labitems.label' },
      ],
      value: 'valuenum',
      encounter: 'hadm_id',
      joins: [{ table: 'd_labitems', on: [['itemid', 'itemid']] }],
    },
    {
      table: 'hcpcsevents',
      kind: 'procedure',
      subject: 'subject_id',
      time: ['chartdate'],
      codes: [
        { code: 'hcpcs_cd', name: 'short_description' },
        { code: 'hcpcs_cd', system: 'HCPCS', name: 'short_description' },
      ],
      encounter: 'hadm_id',
    },
    {
      table: 'cptevents',
      kind: 'procedure',
      subject: 'subject_id',
      time: ['chartdate', 'admissions.admittime'],
      codes: [{ code: 'cpt_cd', system: 'CPT4', name: 'subsectionheader' }],
      encounter: 'hadm_id',
      joins: [admissions],
    },
  ],
};
