// OMOP Common Data Model 5.3 and 5.4, https://ohdsi.github.io/CommonDataModel: any of its clinical tables. A code is, in this order,
// the source's own by the table of concepts, the source's by its looks, the standard concept's, or the concept's number.
import type { CodeColumns, EventTable, Join, Layout } from '../layout.ts';
import { omopColumns } from './omop-columns.ts';

const concepts = (source: string | undefined, standard: string): Join[] => [
  ...(source === undefined
    ? []
    : [{ table: 'concept', as: 'source', on: [[source, 'concept_id']] } as const]),
  { table: 'concept', as: 'standard', on: [[standard, 'concept_id']] },
];

const ofConcept = (alias: string): CodeColumns => ({
  code: `${alias}.concept_code`,
  systemColumn: `${alias}.vocabulary_id`,
  name: `${alias}.concept_name`,
});

function clinical(
  table: string,
  kind: EventTable['kind'],
  name: string,
  time: readonly string[],
  more: Partial<EventTable> = {},
): EventTable {
  return {
    table,
    kind,
    subject: 'person_id',
    time,
    codes: [
      { ...ofConcept('source'), knownOnly: true },
      { code: `${name}_source_value`, name: 'standard.concept_name' },
      { ...ofConcept('standard'), knownOnly: true },
      ofConcept('standard'),
      { code: `${name}_concept_id`, system: 'OMOP', name: 'standard.concept_name' },
      ofConcept('source'),
    ],
    encounter: 'visit_occurrence_id',
    joins: concepts(`${name}_source_concept_id`, `${name}_concept_id`),
    ...more,
  };
}

const era = (table: string, kind: EventTable['kind'], name: string, insteadOf: string): EventTable => ({
  table,
  kind,
  subject: 'person_id',
  time: [`${table}_start_date`, `${table}_start_datetime`],
  codes: [
    { ...ofConcept('standard'), knownOnly: true },
    { code: `${name}_concept_id`, system: 'OMOP', name: 'standard.concept_name' },
  ],
  joins: concepts(undefined, `${name}_concept_id`),
  insteadOf,
});

export const omop: Layout = {
  name: 'OMOP CDM',
  tables: {
    person: undefined,
    observation_period: undefined,
    death: undefined,
    concept: undefined,
    visit_occurrence: undefined,
    condition_occurrence: undefined,
    condition_era: undefined,
    drug_exposure: undefined,
    drug_era: undefined,
    procedure_occurrence: undefined,
    measurement: undefined,
    observation: undefined,
    device_exposure: undefined,
  },
  needs: [
    ['person'],
    [
      'condition_occurrence',
      'condition_era',
      'drug_exposure',
      'drug_era',
      'procedure_occurrence',
      'measurement',
      'observation',
      'visit_occurrence',
    ],
  ],
  headerless: omopColumns,
  subjects: [
    {
      table: 'person',
      subject: 'person_id',
      birth: ['birth_datetime'],
      birthParts: ['year_of_birth', 'month_of_birth', 'day_of_birth'],
      birthYear: { year: 'year_of_birth' },
      sex: ['gender_concept_id', 'gender_source_value'],
      site: 'care_site_id',
    },
  ],
  deaths: [{ table: 'death', subject: 'person_id', time: ['death_date', 'death_datetime'] }],
  coverage: [
    {
      table: 'observation_period',
      subject: 'person_id',
      start: 'observation_period_start_date',
      end: 'observation_period_end_date',
    },
  ],
  events: [
    {
      table: 'visit_occurrence',
      kind: 'visit',
      subject: 'person_id',
      time: ['visit_start_datetime', 'visit_start_date'],
      encounter: 'visit_occurrence_id',
      site: 'care_site_id',
    },
    clinical('condition_occurrence', 'diagnosis', 'condition', [
      'condition_start_datetime',
      'condition_start_date',
    ]),
    era('condition_era', 'diagnosis', 'condition', 'condition_occurrence'),
    clinical('drug_exposure', 'medication', 'drug', [
      'drug_exposure_start_datetime',
      'drug_exposure_start_date',
    ]),
    era('drug_era', 'medication', 'drug', 'drug_exposure'),
    clinical('procedure_occurrence', 'procedure', 'procedure', ['procedure_datetime', 'procedure_date']),
    clinical('measurement', 'laboratory', 'measurement', ['measurement_datetime', 'measurement_date'], {
      value: 'value_as_number',
    }),
    clinical('observation', 'observation', 'observation', ['observation_datetime', 'observation_date'], {
      value: 'value_as_number',
    }),
    clinical('device_exposure', 'procedure', 'device', [
      'device_exposure_start_datetime',
      'device_exposure_start_date',
    ]),
  ],
};
