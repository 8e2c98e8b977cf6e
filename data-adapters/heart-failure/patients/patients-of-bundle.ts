// Patients of FHIR R4 Bundles (https://hl7.org/fhir/R4/bundle.html): one, several, or resources without a Bundle about them.
import { knownSystem } from '../codes/code-systems.ts';
import { codeElements, kinds, leftOut, times } from '../codes/fhir-elements.ts';
import type { RawEvent, RawPatient } from './patient-record.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const object = (value: unknown): Json => (isObject(value) ? value : {});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** What is at `onsetPeriod.start`. */
const at = (resource: Json, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => object(value)[name], resource);
const idOf = (reference: unknown): string => /[^/:|#]+$/.exec(text(object(reference).reference))?.[0] ?? '';

/** The resources of a document. */
export function resourcesOf(document: unknown): Json[] {
  if (Array.isArray(document)) return document.flatMap(resourcesOf);
  const resource = object(document);
  if (resource.resourceType !== 'Bundle') return resource.resourceType === undefined ? [] : [resource];
  return list(resource.entry).flatMap((entry) => {
    const own = object(entry.resource);
    const id = text(own.id) || (/[^/:]+$/.exec(text(entry.fullUrl))?.[0] ?? '');
    return own.resourceType === undefined ? [] : [{ ...own, id }];
  });
}

function coding(resource: Json, medications: ReadonlyMap<string, Json>): Json {
  const [own] = codeElements.flatMap((name) => resource[name] ?? []);
  const concept = object(own ?? medications.get(idOf(resource.medicationReference)));
  const codings = list(concept.coding).filter(({ code }) => text(code) !== '');
  const of = (system: string) => codings.find((each) => knownSystem(text(each.system)) === system);
  return (
    of('ICD10CM') ??
    of('ICD9CM') ??
    codings.find((each) => knownSystem(text(each.system)) !== undefined) ??
    codings[0] ??
    {}
  );
}

function eventOf(resource: Json, medications: ReadonlyMap<string, Json>, where: string): RawEvent[] {
  const kind = kinds[text(resource.resourceType)];
  const status = text(list(object(resource.verificationStatus).coding)[0]?.code) || text(resource.status);
  const { code, system } = coding(resource, medications);
  if (kind === undefined || kind === 'visit' || leftOut.includes(status) || code === undefined) return [];
  const date = times.map((path) => at(resource, path)).find((each) => text(each) !== '');
  const laboratory = list(list(resource.category)[0]?.coding)[0]?.code === 'laboratory';
  return date === undefined
    ? []
    : [{ date, code, system, kind: laboratory || kind !== 'laboratory' ? kind : 'observation', where }];
}

/** Each Patient with what refers to it. */
export function patientsOfBundle(document: unknown): RawPatient[] {
  const resources = resourcesOf(document);
  const medications = new Map(
    resources
      .filter((each) => each.resourceType === 'Medication')
      .map((each) => [text(each.id), object(each.code)]),
  );
  const events = new Map<string, RawEvent[]>();
  resources.forEach((resource, i) => {
    const subject = idOf(resource.subject) || idOf(resource.patient);
    const own = eventOf(resource, medications, `resource ${i + 1} (${text(resource.resourceType)})`);
    const all = events.get(subject) ?? [];
    all.push(...own);
    events.set(subject, all);
  });
  return resources
    .filter((each) => each.resourceType === 'Patient')
    .map((patient) => ({
      birthDate: patient.birthDate,
      sex: patient.gender,
      events: events.get(text(patient.id)) ?? [],
    }));
}
