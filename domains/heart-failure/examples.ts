// Requests that work when pasted: two simulated people, a case and a control, in the 18 months before they are asked about.
import type { EventKind } from '../../data-adapters/heart-failure/cohort.ts';
import type { PatientRequest } from './request.ts';

/** Day, then codes with their systems. */
const someCase = `
    2011-06-20 HCPCS:A6530 | CPT4:93697 | DRUG:ESTROGENS 6
    2011-07-12 ICD9CM:465.9 | ICD9CM:729.81
    2011-08-17 ICD9CM:401.9
    2011-10-28 ICD9CM:401.1 | ICD9CM:272.4 | ICD9CM:724.2 | ICD9CM:886.6 | ICD9CM:599.0 | CPT4:73829 | CPT4:80048 | CPT4:81003
    2012-01-31 ICD9CM:599.0
    2012-04-06 CPT4:99284
    2012-04-21 CPT4:93697 | DRUG:ALENDRONATE | DRUG:LISINOPRIL
    2012-05-13 ICD9CM:244.9 | ICD9CM:465.9 | ICD9CM:724.2
    2012-05-20 ICD9CM:733.00 | ICD9CM:465.9 | CPT4:71020 | DRUG:ATORVASTATIN
    2012-07-10 ICD9CM:272.4 | ICD9CM:511.9 | ICD9CM:786.50 | DRUG:BUPROPION
    2012-07-20 ICD9CM:401.1 | ICD9CM:786.09 | DRUG:ACETAMINOPHEN | DRUG:ASPIRIN
    2012-08-12 ICD9CM:599.0
    2012-09-23 ICD9CM:788.43 | ICD9CM:425.4 | ICD9CM:724.2 | ICD9CM:244.9 | ICD9CM:826.6 | CPT4:93307 | DRUG:IBUPROFEN
    2012-10-11 ICD9CM:401.9 | CPT4:93000 | DRUG:QUINOLONES 6 | DRUG:METOPROLOL | DRUG:TAMSULOSIN | DRUG:LISINOPRIL
`;

const someControl = `
    2011-05-16 ICD9CM:719.46 | DRUG:BUPROPION | DRUG:ANTIPSYCHOTICS 3
    2011-07-16 ICD9CM:726.10 | ICD9CM:244.9
    2011-11-08 ICD9CM:854.4 | ICD9CM:726.10 | ICD9CM:352.51 | DRUG:HYDROCODONE | DRUG:DIGOXIN
    2011-12-07 CPT4:22163
    2012-01-18 ICD9CM:427.32 | ICD9CM:726.10 | ICD9CM:401.9 | ICD9CM:013.5 | CPT4:92228 | CPT4:57541 | CPT4:85610 | DRUG:BUPROPION | DRUG:LOSARTAN | DRUG:CEPHALEXIN
    2012-03-09 ICD9CM:377.3 | CPT4:81003 | CPT4:80048
    2012-03-10 DRUG:LEVOTHYROXINE
    2012-05-03 DRUG:HYDROCODONE
    2012-06-29 ICD9CM:401.1 | DRUG:DIGOXIN
    2012-10-06 ICD9CM:401.9 | ICD9CM:726.10 | CPT4:84153 | CPT4:80048 | DRUG:CIPROFLOXACIN
    2012-10-10 NOTE:DYSPNEA DENIED | CPT4:76842 | DRUG:MIGRAINE PRODUCTS 6
`;

const kinds: Readonly<Record<string, EventKind>> = {
  ICD9CM: 'diagnosis',
  DRUG: 'medication',
  CPT4: 'procedure',
  HCPCS: 'procedure',
  NOTE: 'observation',
};

const eventsOf = (record: string): PatientRequest['events'] =>
  record
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [, date, codes] = /^\s*(\S+) (.*)$/.exec(line)!;
      return codes.split(' | ').map((text) => {
        const [system, code] = text.split(':');
        return { date, code, system, kind: kinds[system] };
      });
    });

export const examples: readonly PatientRequest[] = [
  { birthDate: '1947-02-17', sex: 'male', asOf: '2012-11-01', events: eventsOf(someCase) },
  { birthDate: '1935-06-30', sex: 'male', asOf: '2012-11-01', events: eventsOf(someControl) },
];
