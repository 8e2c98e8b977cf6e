// Patients of a file as requests: our own JSON, which may say on which day is asked, or whatever else holds records of patients.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { readPatients } from '../../data-adapters/heart-failure/read-patients.ts';
import { type PatientRequest, patientRequest, requestOf } from './request.ts';

/** The list of a document that is one of requests: `[...]` or `{"patients": [...]}`. */
function requestsIn(text: string): unknown[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = Array.isArray(document) ? document : (document as { patients?: unknown } | null)?.patients;
  const isRequest = (each: unknown): boolean => typeof each === 'object' && each !== null && 'events' in each;
  return Array.isArray(list) && list.length > 0 && list.every(isRequest) ? list : undefined;
}

/** @throws UserError naming the file and what is wrong in it */
export async function readRequests(path: string): Promise<PatientRequest[]> {
  const text = await readFile(path, 'utf8').catch(async (error) => {
    throw await readError(error, path);
  });
  const requests = requestsIn(text);
  if (requests === undefined) return (await readPatients(path)).map(requestOf);
  const parsed = z.array(patientRequest).safeParse(requests);
  if (parsed.success) return parsed.data;
  const [{ path: place, message }] = parsed.error.issues;
  const [index, ...rest] = place;
  throw new UserError({
    what: `${rest.join('.') || 'the patient'}: ${message}`,
    where: `${path} patient ${Number(index) + 1}`,
    how: 'give {"patients": [{"birthDate", "sex", "asOf", "events": [{"date", "code", "system", "kind"}]}]}',
  });
}
