// FHIR R4, https://hl7.org/fhir/R4: a folder of a bulk export (one resource per line) or of Bundles. Of several codings of one
// thing that of ICD is taken before others of known systems. What is refuted, not done or entered in error is left out.
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { knownNames } from '../../codes/code-systems.ts';
import { codeElements, kinds, leftOut, times } from '../../codes/fhir-elements.ts';
import { checkGzip } from '../check-gzip.ts';
import { type Database, quote } from '../database.ts';
import type { DataFile, FoundTable } from '../found-table.ts';
import type { FindOptions, Layout } from '../layout.ts';
import { columnsOf } from '../read-files.ts';

/** Elements that are read, all in one pass over a resource: each call of DuckDB's for one would take memory of its own. */
const elements = [
  'resourceType',
  'id',
  'subject.reference',
  'patient.reference',
  ...times,
  ...codeElements.map((name) => `${name}.text`),
  'valueQuantity.value',
  'encounter.reference',
  'context.reference',
  'medicationReference.reference',
  'serviceProvider.reference',
  'managingOrganization.reference',
  'verificationStatus.coding[0].code',
  'status',
  'birthDate',
  'deceasedDateTime',
  'gender',
  'category[0].coding[0].code',
];
const paths = (names: readonly string[]): string => `[${names.map((name) => quote(`$.${name}`)).join(', ')}]`;
const text = (name: string): string => `v[${elements.indexOf(name) + 1}]`;
/** The identifier in a reference: `Patient/7`, `https://host/Patient/7`, `urn:uuid:7`, `#7`. */
const referred = (name: string): string => `nullif(regexp_extract(${text(name)}, '([^/:|#]+)$', 1), '')`;
const first = (names: readonly string[], expression: (name: string) => string = text): string =>
  `coalesce(${names.map(expression).join(', ')})`;

async function beginning(file: DataFile): Promise<string> {
  const raw = createReadStream(file.path, { end: 65_535 });
  const stream = file.gzipped ? raw.pipe(createGunzip()) : raw;
  try {
    for await (const piece of stream) return (piece as Buffer).toString('utf8');
  } catch {
    return '';
  } finally {
    raw.destroy();
  }
  return '';
}

/** Resources of all files, one per row, in a column `r`. */
async function resources(files: readonly DataFile[]): Promise<string | undefined> {
  const lines: DataFile[] = [];
  const documents: DataFile[] = [];
  for (const file of files) {
    if (!['ndjson', 'jsonl', 'json'].includes(file.format)) continue;
    const start = await beginning(file);
    if (!/"resourceType"\s*:/.test(start)) continue;
    const whole = file.format === 'json' && !/^\s*\{[^\n]*\}\s*\n\s*\{/.test(start);
    (whole || /^\s*\{[^\n]*"resourceType"\s*:\s*"Bundle"/.test(start) ? documents : lines).push(file);
  }
  const list = (of: readonly DataFile[]): string => `[${of.map((file) => quote(file.path)).join(', ')}]`;
  const parts: string[] = [];
  if (lines.length > 0) {
    parts.push(
      `SELECT json AS r, NULL AS full_url FROM read_ndjson_objects(${list(lines)}, ignore_errors = true)`,
    );
  }
  if (documents.length > 0) {
    const largest = Math.max(
      16 * 1024 ** 2,
      ...documents.map(({ bytes, gzipped }) => (gzipped ? 20 : 1) * bytes + 1024),
    );
    parts.push(`SELECT entry->'$.resource' AS r, entry->>'$.fullUrl' AS full_url FROM (
      SELECT unnest(CASE WHEN json_exists(json, '$.entry') THEN json_extract(json, '$.entry[*]') ELSE [json_object('resource', json)] END) AS entry
      FROM read_json_objects(${list(documents)}, format = 'unstructured', maximum_object_size = ${largest}))`);
  }
  return parts.length === 0 ? undefined : parts.join(' UNION ALL ');
}

const codingType = '[{"system":"VARCHAR","code":"VARCHAR","display":"VARCHAR"}]';
const preferred = (condition: string): string =>
  `list_filter(codings, lambda c: c.code IS NOT NULL AND ${condition})[1]`;
const coding = `coalesce(${[
  preferred("c.system LIKE '%icd-10%'"),
  preferred("c.system LIKE '%icd-9%'"),
  preferred(
    `lower(c.system) IN (${knownNames
      .filter((name) => name.startsWith('http'))
      .map(quote)
      .join(', ')})`,
  ),
  preferred('true'),
].join(', ')})`;

async function flatten(database: Database, all: string, notes: string[]): Promise<void> {
  const lists = paths(codeElements.map((name) => `${name}.coding`));
  await database.run(`CREATE TABLE fhir_items AS SELECT * EXCLUDE codings, ${coding} AS coding FROM (
    SELECT ${text('resourceType')} AS type, coalesce(${text('id')}, regexp_extract(full_url, '([^/:]+)$', 1)) AS id,
      ${first(['subject.reference', 'patient.reference'], referred)} AS subject, ${first(times)} AS time,
      json_transform(coalesce(c[1], c[2], c[3]), ${quote(codingType)}) AS codings, ${first(codeElements.map((name) => `${name}.text`))} AS title,
      ${text('valueQuantity.value')} AS value, ${first(['encounter.reference', 'context.reference'], referred)} AS encounter,
      ${referred('medicationReference.reference')} AS medication, ${first(['serviceProvider.reference', 'managingOrganization.reference'], referred)} AS site,
      ${first(['verificationStatus.coding[0].code', 'status'])} AS status, ${text('birthDate')} AS birth, ${text('deceasedDateTime')} AS death,
      ${text('gender')} AS sex, ${text('category[0].coding[0].code')} AS category
    FROM (SELECT json_extract_string(r, ${paths(elements)}) AS v, json_extract(r, ${lists}) AS c, full_url FROM (${all})))`);
  const odd = await database.rows<{ type: string; n: bigint }>(
    `SELECT coalesce(type, 'that are no JSON or have no type') AS type, count(*) AS n FROM fhir_items WHERE type IS NULL OR type NOT IN ('Patient', 'Medication', ${Object.keys(kinds).map(quote).join(', ')}) GROUP BY ALL ORDER BY type`,
  );
  if (odd.length > 0) {
    notes.push(
      `resources that are not read: ${odd.map(({ type, n }) => `${n} ${type.slice(0, 40)}`).join(', ')}`,
    );
  }
  const unsaid = `status IN (${leftOut.map(quote).join(', ')}) AND type <> 'Patient'`;
  const gone = await database.count(`SELECT count(*) FROM fhir_items WHERE ${unsaid}`);
  if (gone > 0) notes.push(`${gone} resources that are refuted, not done or entered in error left out`);
  await database.run(`DELETE FROM fhir_items WHERE ${unsaid}`);
}

const table = async (database: Database, name: string, query: string, where: string): Promise<FoundTable> => {
  const relation = `(${query})`;
  return { name, relation, columns: await columnsOf(database, relation), files: [], where };
};

async function find(
  files: readonly DataFile[],
  database: Database,
  { notes }: FindOptions,
): Promise<FoundTable[] | undefined> {
  const all = await resources(files);
  if (all === undefined) return undefined;
  await checkGzip(files.map(({ path }) => path));
  await database.run('SET threads = 1');
  await flatten(database, all, notes);
  await database.run(`SET threads = ${database.threads}`);
  const where = files.length === 1 ? files[0].path : 'the resources';
  const tables = [
    await table(
      database,
      'Patient',
      "SELECT id, birth, death, sex, site FROM fhir_items WHERE type = 'Patient'",
      where,
    ),
  ];
  for (const type of Object.keys(kinds)) {
    if ((await database.count(`SELECT count(*) FROM fhir_items WHERE type = ${quote(type)}`)) === 0) continue;
    const kind =
      type === 'Observation'
        ? "CASE WHEN i.category = 'laboratory' THEN 'laboratory' ELSE 'observation' END"
        : 'NULL';
    tables.push(
      await table(
        database,
        type,
        `SELECT i.subject, i.time, coalesce(i.coding, m.coding).code AS code, coalesce(i.coding, m.coding).system AS system,
           coalesce(i.coding.display, i.title, m.coding.display, m.title) AS display, i.value, ${type === 'Encounter' ? 'i.id' : 'i.encounter'} AS encounter, i.site, ${kind} AS kind
         FROM fhir_items i LEFT JOIN (SELECT id, any_value(coding) AS coding, any_value(title) AS title FROM fhir_items WHERE type = 'Medication' GROUP BY id) m ON m.id = i.medication
         WHERE i.type = ${quote(type)}`,
        where,
      ),
    );
  }
  return tables;
}

export const fhir: Layout = {
  name: 'FHIR R4',
  byContent: true,
  tables: Object.fromEntries(['Patient', ...Object.keys(kinds)].map((type) => [type, undefined])),
  needs: [['Patient'], Object.keys(kinds)],
  find,
  subjects: [
    { table: 'Patient', subject: 'id', birth: ['birth'], death: ['death'], sex: ['sex'], site: 'site' },
  ],
  events: Object.entries(kinds).map(([type, kind]) => ({
    table: type,
    kind,
    kindColumn: 'kind',
    subject: 'subject',
    time: ['time'],
    ...(kind === 'visit' ? {} : { codes: [{ code: 'code', systemColumn: 'system', name: 'display' }] }),
    value: 'value',
    encounter: 'encounter',
    site: 'site',
  })),
};
