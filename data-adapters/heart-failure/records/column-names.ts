// Columns of a plain table of events, by the names that people give them.

/** Our names of columns, and what others call them. */
export const columnNames: Readonly<Record<string, readonly string[]>> = {
  subject: ['subject_id', 'patient', 'patient_id', 'person_id', 'pt', 'id'],
  time: ['date', 'timestamp', 'datetime', 'start', 'start_date', 'event_date'],
  code: ['event_code', 'concept', 'concept_code'],
  system: ['code_system', 'vocabulary', 'vocabulary_id', 'terminology'],
  kind: ['type', 'event_type', 'domain'],
  value: ['numeric_value', 'result'],
  encounter: ['encounter_id', 'visit', 'visit_id'],
  name: ['description', 'display', 'concept_name'],
  birth: ['birth_date', 'birthdate', 'date_of_birth', 'dob'],
  sex: ['gender'],
  death: ['death_date', 'deathdate', 'date_of_death', 'dod'],
  site: ['clinic', 'location', 'care_site'],
};
