// Synthea's CSV export, https://github.com/synthetichealth/synthea/wiki/CSV-File-Data-Dictionary: all versions since 2017. Its codes
// are SNOMED CT, RxNorm, LOINC and CVX; newer versions name them in a column SYSTEM.
import type { EventTable, Layout } from '../layout.ts';

const coded = (
  table: string,
  kind: EventTable['kind'],
  system: string,
  time: readonly string[] = ['START', 'DATE'],
): EventTable => ({
  table,
  kind,
  subject: 'PATIENT',
  time,
  codes: [
    { code: 'CODE', systemColumn: 'SYSTEM', knownOnly: true, name: 'DESCRIPTION' },
    { code: 'CODE', system, name: 'DESCRIPTION' },
  ],
  encounter: 'ENCOUNTER',
});

export const synthea: Layout = {
  name: 'Synthea CSV',
  tables: {
    patients: undefined,
    encounters: undefined,
    conditions: undefined,
    medications: undefined,
    procedures: undefined,
    observations: undefined,
    immunizations: undefined,
    allergies: undefined,
    careplans: undefined,
    devices: undefined,
  },
  needs: [['patients'], ['encounters', 'conditions', 'medications', 'procedures', 'observations']],
  subjects: [
    {
      table: 'patients',
      subject: 'Id',
      birth: ['BIRTHDATE'],
      death: ['DEATHDATE'],
      sex: ['GENDER'],
    },
  ],
  events: [
    {
      table: 'encounters',
      kind: 'visit',
      subject: 'PATIENT',
      time: ['START', 'DATE'],
      encounter: 'Id',
      site: 'ORGANIZATION',
    },
    coded('conditions', 'diagnosis', 'SNOMED'),
    coded('medications', 'medication', 'RxNorm'),
    coded('procedures', 'procedure', 'SNOMED'),
    { ...coded('observations', 'laboratory', 'LOINC'), value: 'VALUE' },
    coded('immunizations', 'medication', 'CVX'),
    coded('allergies', 'observation', 'SNOMED'),
    coded('careplans', 'procedure', 'SNOMED'),
    coded('devices', 'procedure', 'SNOMED'),
  ],
};
