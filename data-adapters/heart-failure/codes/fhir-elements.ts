// What is read of the resources of FHIR R4, https://hl7.org/fhir/R4: of a whole source as of a single patient's Bundle.
import type { EventKind } from '../cohort.ts';

/** Types of resources, and the kind of event that each is. */
export const kinds: Readonly<Record<string, EventKind | 'visit'>> = {
  Encounter: 'visit',
  Condition: 'diagnosis',
  MedicationRequest: 'medication',
  MedicationStatement: 'medication',
  MedicationAdministration: 'medication',
  MedicationDispense: 'medication',
  Immunization: 'medication',
  Procedure: 'procedure',
  Observation: 'laboratory',
  AllergyIntolerance: 'observation',
};
/** Elements that say when, the first that is there. */
export const times = [
  'onsetDateTime',
  'onsetPeriod.start',
  'performedDateTime',
  'performedPeriod.start',
  'occurrenceDateTime',
  'effectiveDateTime',
  'effectivePeriod.start',
  'effectiveInstant',
  'authoredOn',
  'whenHandedOver',
  'whenPrepared',
  'period.start',
  'recordedDate',
  'issued',
];
/** Elements that hold the codes. */
export const codeElements = ['code', 'medicationCodeableConcept', 'vaccineCode'];
/** States of resources that are of nothing that was. */
export const leftOut = ['entered-in-error', 'not-done', 'refuted', 'cancelled', 'not-taken', 'draft'];
