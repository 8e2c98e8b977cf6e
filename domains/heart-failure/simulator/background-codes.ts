// Everything else in the records of a primary-care clinic: thousands of codes that say nothing about the heart. Frequent ones stand
// with their names (the most frequent of the practice and of DE-SynPUF); the long tail is made by a rule, with the structure of
// ICD-9-CM, of CPT and of drug groups but not their full text.
import { mix32 } from '../../../core/random.ts';
import type { Named } from './clinical-codes.ts';

const frequentDiagnoses: readonly Named[] = [
  ['272.4', 'Hyperlipidemia, unspecified'],
  ['272.0', 'Pure hypercholesterolemia'],
  ['244.9', 'Hypothyroidism, unspecified'],
  ['724.2', 'Lumbago'],
  ['719.46', 'Pain in joint, lower leg'],
  ['715.90', 'Osteoarthrosis, unspecified'],
  ['311', 'Depressive disorder'],
  ['465.9', 'Acute upper respiratory infection'],
  ['599.0', 'Urinary tract infection'],
  ['733.00', 'Osteoporosis, unspecified'],
  ['702.0', 'Actinic keratosis'],
  ['366.9', 'Cataract, unspecified'],
  ['477.9', 'Allergic rhinitis'],
  ['461.9', 'Acute sinusitis'],
  ['600.00', 'Hypertrophy of prostate'],
  ['788.41', 'Urinary frequency'],
  ['564.00', 'Constipation'],
  ['789.00', 'Abdominal pain'],
  ['723.1', 'Cervicalgia'],
  ['726.10', 'Rotator cuff syndrome'],
  ['389.9', 'Hearing loss'],
  ['365.00', 'Preglaucoma'],
  ['V70.0', 'Routine general medical examination'],
  ['V76.12', 'Screening mammogram'],
  ['V04.81', 'Vaccination against influenza'],
  ['V58.69', 'Long-term use of other medications'],
];

const chapters: readonly (readonly [first: number, last: number, chapter: string])[] = [
  [1, 139, 'Infectious disease'],
  [140, 239, 'Neoplasm'],
  [240, 279, 'Endocrine or metabolic disorder'],
  [280, 289, 'Disease of the blood'],
  [290, 319, 'Mental disorder'],
  [320, 389, 'Disease of the nervous system or sense organs'],
  [440, 459, 'Disease of arteries or veins'],
  [460, 519, 'Disease of the respiratory system'],
  [520, 579, 'Disease of the digestive system'],
  [580, 629, 'Disease of the genitourinary system'],
  [680, 709, 'Disease of the skin'],
  [710, 739, 'Disease of the musculoskeletal system'],
  [780, 799, 'Symptom or ill-defined condition'],
  [800, 999, 'Injury or poisoning'],
];

const frequentDrugs = [
  ['ASPIRIN', 'ATORVASTATIN', 'LEVOTHYROXINE', 'ACETAMINOPHEN', 'HYDROCODONE', 'IBUPROFEN', 'NAPROXEN'],
  ['SERTRALINE', 'FLUOXETINE', 'CITALOPRAM', 'BUPROPION', 'TRAZODONE', 'ALENDRONATE', 'ESTRADIOL'],
  ['AMOXICILLIN', 'AZITHROMYCIN', 'CIPROFLOXACIN', 'CEPHALEXIN', 'PREDNISONE', 'FLUTICASONE NASAL'],
  ['LORATADINE', 'GABAPENTIN', 'CYCLOBENZAPRINE', 'RANITIDINE', 'FINASTERIDE', 'ALLOPURINOL', 'LATANOPROST'],
].flat();

const drugGroups = [
  ['Penicillins', 'Cephalosporins', 'Quinolones', 'Macrolides', 'Antifungals', 'Antivirals', 'Vaccines'],
  ['Estrogens', 'Thyroid agents', 'Laxatives', 'Antiemetics', 'Antidepressants', 'Antipsychotics'],
  ['Anticonvulsants', 'Analgesics', 'Muscle relaxants', 'Migraine products', 'Vitamins', 'Minerals'],
  ['Ophthalmic agents', 'Otic agents', 'Dermatologicals', 'Urinary antispasmodics', 'Antihistamines'],
].flat();

const frequentProcedures: readonly Named[] = [
  ['80053', 'Comprehensive metabolic panel'],
  ['85025', 'Complete blood count'],
  ['80061', 'Lipid panel'],
  ['81003', 'Urinalysis'],
  ['82947', 'Glucose'],
  ['84153', 'Prostate specific antigen'],
  ['82270', 'Fecal occult blood'],
  ['77080', 'Bone density study'],
  ['90658', 'Influenza vaccine'],
  ['45378', 'Colonoscopy'],
  ['17000', 'Destruction of premalignant lesion'],
  ['20610', 'Joint injection'],
  ['92014', 'Ophthalmological examination'],
  ['97110', 'Therapeutic exercises'],
];

const services: readonly (readonly [first: number, step: number, service: string])[] = [
  [10060, 931, 'Surgery'],
  [70030, 131, 'Radiology'],
  [82003, 97, 'Laboratory test'],
  [92002, 113, 'Medical service'],
];

/** In an order that does not follow chapters, always the same: the first ones will be the most frequent. */
const mixed = (codes: readonly Named[]): Named[] =>
  codes
    .map((code, i) => [mix32(i + 1), code] as const)
    .sort(([a], [b]) => a - b)
    .map(([, code]) => code);

/** About four codes of every category, from its tenths and hundredths by turns. */
export function backgroundDiagnoses(): Named[] {
  const tail = chapters.flatMap(([first, last, chapter]) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i).flatMap((category) =>
      Array.from({ length: 2 + (category % 5) }, (_, i): Named => {
        const digits = i % 2 === 0 ? `${(3 * i + category) % 10}` : `${(i + category) % 10}${(7 * i) % 10}`;
        const code = `${String(category).padStart(3, '0')}.${digits}`;
        return [code, `${chapter} (${code})`];
      }),
    ),
  );
  return [...frequentDiagnoses, ...mixed(tail)];
}

export function backgroundDrugs(): Named[] {
  const tail = drugGroups.flatMap((group) =>
    Array.from(
      { length: 6 },
      (_, i): Named => [`${group.toUpperCase()} ${i + 1}`, `${group}, agent ${i + 1}`],
    ),
  );
  return [
    ...frequentDrugs.map((name): Named => [name, name[0] + name.slice(1).toLowerCase()]),
    ...mixed(tail),
  ];
}

export function backgroundProcedures(): Named[] {
  const tail = services.flatMap(([first, step, service]) =>
    Array.from({ length: 60 }, (_, i): Named => [`${first + step * i}`, `${service} ${first + step * i}`]),
  );
  return [...frequentProcedures, ...mixed(tail)];
}
