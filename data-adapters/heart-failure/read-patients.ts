// Patients to be asked about, from a small file: events in CSV, our own JSON, or a FHIR Bundle. Whole sources of records are read by
// open-cohort.ts.
import { readFile } from 'node:fs/promises';
import Papa from 'papaparse';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { type PatientRecord, patientRecord, type RawPatient } from './patients/patient-record.ts';
import { patientSchema } from './patients/patient-schema.ts';
import { patientsOfBundle } from './patients/patients-of-bundle.ts';
import { columnNames } from './records/column-names.ts';

/** What a JSON file holds. */
const patientsSchema = z.strictObject({ patients: z.array(patientSchema).min(1) });

function ofJson(text: string, where: string): RawPatient[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    try {
      document = lines.map((line) => JSON.parse(line) as unknown);
    } catch {
      throw new UserError({ what: 'is no JSON', where, how: 'check its brackets and quotes' });
    }
  }
  const [first] = Array.isArray(document) ? document : [document];
  if ((first as { resourceType?: unknown } | null)?.resourceType !== undefined)
    return patientsOfBundle(document);
  const parsed = patientsSchema.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError({
      what: `${issue.path.join('.') || 'the document'}: ${issue.message}`,
      where,
      how: 'give a FHIR Bundle or {"patients": [{"birthDate", "sex", "events": [{"date", "code", "system", "kind"}]}]}',
    });
  }
  return parsed.data.patients.map((patient, i) => ({
    ...patient,
    events: patient.events.map((each, k) => ({ ...each, where: `patient ${i + 1} event ${k + 1}` })),
  }));
}

/** Rows of one subject are one patient, in the order of their first rows; without such a column all are of one. */
function ofCsv(text: string, where: string): RawPatient[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\ufeff/, ''), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  });
  const fields = meta.fields ?? [];
  const nameOf = (ours: string): string | undefined =>
    [ours, ...(columnNames[ours] ?? [])].find((name) => fields.includes(name));
  const lacking = ['time', 'code'].filter((ours) => nameOf(ours) === undefined);
  if (lacking.length > 0) {
    throw new UserError({
      what: `has no column ${lacking.map((ours) => (ours === 'time' ? 'date' : ours)).join(' and ')}; it has ${fields.join(', ')}`,
      where,
      how: 'name the columns subject, date, code, system, kind, birth_date (or age), sex',
    });
  }
  const patients = new Map<
    string,
    { age?: string; birthDate?: string; sex?: string; events: RawPatient['events'][number][] }
  >();
  const cell = (row: Record<string, string>, ours: string): string | undefined => {
    const name = nameOf(ours);
    return name === undefined ? undefined : row[name];
  };
  data.forEach((row, i) => {
    const subject = cell(row, 'subject') ?? '';
    const patient = patients.get(subject) ?? { events: [] };
    patient.age ||= row.age;
    patient.birthDate ||= cell(row, 'birth');
    patient.sex ||= cell(row, 'sex');
    patient.events.push({
      date: cell(row, 'time'),
      code: cell(row, 'code'),
      system: cell(row, 'system'),
      kind: cell(row, 'kind'),
      where: `row ${i + 1}`,
    });
    patients.set(subject, patient);
  });
  return [...patients.values()];
}

/**
 * Patients of a file: CSV of events, JSON, or a FHIR Bundle (or resources, one a line).
 *
 * @throws UserError for a file without patients or events, and for a date, code, kind or age that is none: file and row, never whose
 */
export async function readPatients(path: string): Promise<PatientRecord[]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const patients = /^\s*[[{]/.test(text) ? ofJson(text, path) : ofCsv(text, path);
  if (patients.length === 0) {
    throw new UserError({ what: 'holds no patient', where: path, how: 'give at least one, with events' });
  }
  return patients.map((patient) => patientRecord(patient, path));
}
