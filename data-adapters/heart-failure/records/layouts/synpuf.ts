// CMS 2008-2010 Data Entrepreneurs' Synthetic Public Use File: Medicare claims with their codes side by side in wide rows,
// https://www.cms.gov/data-research/statistics-trends-and-reports/medicare-claims-synthetic-public-use-files. A beneficiary has a
// row for each year, and is covered in the years of those. What a claim calls the admitting diagnosis is a suspicion, and is not read.
import { quote } from '../database.ts';
import type { EventTable, Layout } from '../layout.ts';
import { readFiles } from '../read-files.ts';

const claims = (table: string, kind: EventTable['kind'], code: RegExp, system?: string): EventTable => ({
  table,
  kind,
  subject: 'DESYNPUF_ID',
  time: ['CLM_FROM_DT', 'CLM_THRU_DT'],
  codes: [{ code, system }],
  encounter: 'CLM_ID',
});

const diagnoses = /^(line_)?icd9_dgns_cd(_\d+)?$/;
const procedures = /^icd9_prcdr_cd_\d+$/;
const services = /^hcpcs_cd_\d+$/;

const tables = {
  beneficiary: /beneficiary_summary/,
  inpatient: /inpatient_claims/,
  outpatient: /outpatient_claims/,
  carrier: /carrier_claims/,
  drugs: /prescription_drug_events/,
};

const year = "TRY_CAST(regexp_extract(source_file, '(\\d{4})_Beneficiary', 1, 'i') AS INTEGER)";

export const synpuf: Layout = {
  name: 'CMS DE-SynPUF',
  tables,
  needs: [['beneficiary'], ['inpatient', 'outpatient', 'carrier', 'drugs']],
  async find(files, database) {
    const found = [];
    for (const [name, pattern] of Object.entries(tables)) {
      const own = files.filter(({ stem }) => pattern.test(stem));
      if (own.length > 0) found.push(await readFiles(database, name, own));
    }
    return found.map((table) =>
      table.name === 'beneficiary' && table.columns.has('source_file')
        ? {
            ...table,
            relation: `(SELECT *, concat(${year}, ${quote('-01-01')}) AS year_begin, concat(${year}, ${quote('-12-31')}) AS year_end FROM ${table.relation})`,
            columns: new Map([...table.columns, ['year_begin', 'VARCHAR'], ['year_end', 'VARCHAR']]),
          }
        : table,
    );
  },
  subjects: [
    {
      table: 'beneficiary',
      subject: 'DESYNPUF_ID',
      birth: ['BENE_BIRTH_DT'],
      death: ['BENE_DEATH_DT'],
      sex: ['BENE_SEX_IDENT_CD'],
      site: 'SP_STATE_CODE',
      repeats: true,
    },
  ],
  coverage: [{ table: 'beneficiary', subject: 'DESYNPUF_ID', start: 'year_begin', end: 'year_end' }],
  events: [
    claims('inpatient', 'diagnosis', diagnoses, 'ICD9CM'),
    claims('inpatient', 'procedure', procedures, 'ICD9Proc'),
    claims('inpatient', 'procedure', services),
    claims('outpatient', 'diagnosis', diagnoses, 'ICD9CM'),
    claims('outpatient', 'procedure', procedures, 'ICD9Proc'),
    claims('outpatient', 'procedure', services),
    claims('carrier', 'diagnosis', diagnoses, 'ICD9CM'),
    claims('carrier', 'procedure', services),
    {
      table: 'drugs',
      kind: 'medication',
      subject: 'DESYNPUF_ID',
      time: ['SRVC_DT'],
      codes: [{ code: 'PROD_SRVC_ID', system: 'NDC' }],
      encounter: 'PDE_ID',
    },
  ],
};
