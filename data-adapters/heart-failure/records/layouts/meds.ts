// MEDS, the Medical Event Data Standard, https://github.com/Medical-Event-Data-Standard/meds: shards of subject_id, time, code and
// numeric_value, with metadata/codes.parquet beside them. Codes are words put together: `ICD10CM//I50.9`, `DIAGNOSIS//ICD//9//4280`.
import { knownSystem } from '../../codes/code-systems.ts';
import { quote } from '../database.ts';
import type { FoundTable } from '../found-table.ts';
import type { Layout } from '../layout.ts';
import { columnsOf, readFiles } from '../read-files.ts';

const coded = [
  'ICD9CM',
  'ICD9Proc',
  'ICD10CM',
  'ICD10PCS',
  'SNOMED',
  'RxNorm',
  'LOINC',
  'CPT4',
  'HCPCS',
  'NDC',
  'ATC',
  'CVX',
];
const spellings = [
  ...coded,
  'ICD9',
  'ICD10',
  'ICD9PCS',
  'RxNorm Extension',
  'SNOMEDCT',
  'CPT',
  'ICD9PROC',
  'RXNORM',
];
const own = `^(${spellings.join('|')})(//|/)(.+)$`;
const mimic = '^(DIAGNOSIS|PROCEDURE)//ICD//(9|10)//(.+)$';
const part = (pattern: string, group: number): string => `regexp_extract(code, ${quote(pattern)}, ${group})`;

const system = `CASE
  WHEN regexp_matches(code, ${quote(mimic)}) THEN concat('ICD', ${part(mimic, 2)}, CASE WHEN code LIKE 'DIAGNOSIS%' THEN 'CM' WHEN ${part(mimic, 2)} = '9' THEN 'Proc' ELSE 'PCS' END)
  ${spellings.map((name) => `WHEN ${part(own, 1)} = ${quote(name)} THEN ${quote(knownSystem(name) ?? name)}`).join(' ')}
  ELSE 'MEDS' END`;
const code = `CASE WHEN regexp_matches(code, ${quote(mimic)}) THEN ${part(mimic, 3)} WHEN regexp_matches(code, ${quote(own)}) THEN ${part(own, 3)} ELSE code END`;
const kind = `CASE
  WHEN regexp_matches(code, '^(DIAGNOSIS|CONDITION|ICD9(CM)?/|ICD10(CM)?/|SNOMED)') THEN 'diagnosis'
  WHEN regexp_matches(code, '^(PROCEDURE|CPT|HCPCS|ICD9P|ICD10P)') THEN 'procedure'
  WHEN regexp_matches(code, '^(MEDICATION|DRUG|R[xX]N[oO][rR][mM]|NDC|ATC|CVX|INFUSION)') THEN 'medication'
  WHEN regexp_matches(code, '^(LAB|LOINC)') THEN 'laboratory' ELSE 'observation' END`;

export const meds: Layout = {
  name: 'MEDS',
  byContent: true,
  tables: { data: undefined, codes: undefined, subjects: undefined },
  needs: [['data']],
  async find(files, database) {
    const shards = [];
    for (const file of files.filter(({ format, folder }) => format === 'parquet' && folder !== 'metadata')) {
      const { columns } = await readFiles(database, 'data', [file]).catch(() => ({ columns: new Map() }));
      if (columns.has('subject_id') && columns.has('time') && columns.has('code')) shards.push(file);
    }
    if (shards.length === 0) return undefined;
    const data = await readFiles(database, 'data', shards);
    const encounter = ['hadm_id', 'visit_id', 'encounter_id', 'visit_occurrence_id'].find((name) =>
      data.columns.has(name),
    );
    const value = data.columns.has('numeric_value') ? 'numeric_value' : 'NULL::DOUBLE';
    const read = async (name: string, query: string): Promise<FoundTable> => {
      const relation = `(${query})`;
      return { ...data, name, relation, columns: await columnsOf(database, relation) };
    };
    const tables = [
      await read(
        'data',
        `SELECT subject_id::VARCHAR AS subject, time, code AS whole, ${system} AS system, ${code} AS code, ${kind} AS kind, ${value} AS value, ${encounter ?? 'NULL'}::VARCHAR AS encounter
         FROM ${data.relation} WHERE time IS NOT NULL AND code NOT IN ('MEDS_BIRTH', 'MEDS_DEATH')`,
      ),
      await read(
        'subjects',
        `SELECT subject_id::VARCHAR AS subject, min(time) FILTER (WHERE code = 'MEDS_BIRTH') AS birth, min(time) FILTER (WHERE code = 'MEDS_DEATH' OR code LIKE 'MEDS_DEATH//%') AS death,
           min(regexp_extract(code, '//?([A-Za-z0-9]+)$', 1)) FILTER (WHERE regexp_matches(code, '^(GENDER|SEX|Gender|Sex)/')) AS sex
         FROM ${data.relation} GROUP BY subject_id`,
      ),
    ];
    const codes = files.filter(({ stem, folder }) => stem === 'codes' && folder === 'metadata');
    if (codes.length > 0) tables.push(await readFiles(database, 'codes', codes));
    return tables;
  },
  subjects: [{ table: 'subjects', subject: 'subject', birth: ['birth'], death: ['death'], sex: ['sex'] }],
  events: [
    {
      table: 'data',
      kind: 'observation',
      kindColumn: 'kind',
      subject: 'subject',
      time: ['time'],
      codes: [{ code: 'code', systemColumn: 'system', name: 'codes.description' }],
      value: 'value',
      encounter: 'encounter',
      joins: [{ table: 'codes', on: [['whole', 'code']] }],
    },
  ],
};
