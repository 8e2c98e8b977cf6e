// Public sets of health records that this domain reads: simulated people, and the demonstration of MIMIC-IV. The hash and length
// of Synthea's archive are those that several projects pin; PhysioNet's were not at hand.
import type { PublicDataset } from '../../data-adapters/public-data/index.ts';

/** The tables that are read, of all that there are. */
const mimicTables = [
  'patients',
  'admissions',
  'diagnoses_icd',
  'procedures_icd',
  'prescriptions',
  'labevents',
  'hcpcsevents',
  'd_icd_diagnoses',
  'd_icd_procedures',
  'd_labitems',
];

export const publicData: readonly PublicDataset[] = [
  {
    name: 'synthea',
    title: 'Synthea, the CSV sample of April 2020: 1,171 simulated patients',
    licence: 'Apache-2.0 (MITRE); the records are simulated and free of restrictions',
    home: 'https://synthea.mitre.org/downloads',
    files: [
      {
        name: 'synthea_sample_data_csv_apr2020.zip',
        urls: [
          'https://synthetichealth.github.io/synthea-sample-data/downloads/synthea_sample_data_csv_apr2020.zip',
        ],
        bytes: 8_982_431,
        sha256: '4194b18c11eaedcf0d5d5dd448d8ac9661f14381e2ef9f109215dc42266cd38a',
        unpack: true,
      },
    ],
    source: 'synthea_sample_data_csv_apr2020/csv',
    note: 'Synthea draws heart failure from sex alone: nothing in its records foretells it.',
  },
  {
    name: 'mimic-iv-demo',
    title: 'MIMIC-IV Clinical Database Demo 2.2: 100 patients, real and de-identified',
    licence: 'ODbL 1.0 (PhysioNet)',
    home: 'https://physionet.org/content/mimic-iv-demo/2.2/',
    files: mimicTables.map((table) => ({
      name: `hosp/${table}.csv.gz`,
      urls: [`https://physionet.org/files/mimic-iv-demo/2.2/hosp/${table}.csv.gz`],
    })),
    source: 'hosp',
    note: 'A hundred patients are enough to try the way through, and too few to measure anything.',
  },
];
