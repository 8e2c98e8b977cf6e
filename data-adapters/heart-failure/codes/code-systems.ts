// Code systems by the many names that sources have for them, and the one way in which a code is written here. What a code
// means is not known here.

const names: Readonly<Record<string, readonly string[]>> = {
  ICD9CM: ['icd9', 'icd9dx', 'icd9diag', '9', 'http://hl7.org/fhir/sid/icd-9-cm', '2.16.840.1.113883.6.103'],
  ICD9Proc: ['icd9pcs', 'icd9px', 'icd9proc', 'http://hl7.org/fhir/sid/icd-9-cm/procedure'],
  ICD10CM: ['icd10', 'icd10dx', '10', 'http://hl7.org/fhir/sid/icd-10-cm', '2.16.840.1.113883.6.90'],
  ICD10PCS: [
    'icd10px',
    'icd10proc',
    'http://www.cms.gov/medicare/coding/icd10',
    'http://hl7.org/fhir/sid/icd-10-pcs',
  ],
  SNOMED: ['snomedct', 'sct', 'http://snomed.info/sct', '2.16.840.1.113883.6.96'],
  RxNorm: ['rxnormextension', 'http://www.nlm.nih.gov/research/umls/rxnorm', '2.16.840.1.113883.6.88'],
  LOINC: ['http://loinc.org', '2.16.840.1.113883.6.1'],
  CPT4: ['cpt', 'http://www.ama-assn.org/go/cpt'],
  HCPCS: ['urn:oid:2.16.840.1.113883.6.285', 'https://www.cms.gov/medicare/coding/hcpcsreleasecodesets'],
  NDC: ['http://hl7.org/fhir/sid/ndc'],
  ATC: ['http://www.whocc.no/atc'],
  CVX: ['http://hl7.org/fhir/sid/cvx'],
  OMOP: ['omopconceptid'],
  MIMIC: ['mimicitemid'],
};

/** Without the signs that names of one system differ in. */
const bare = (name: string): string =>
  name.startsWith('http')
    ? name.toLowerCase().replace(/\/$/, '')
    : name.toLowerCase().replace(/[\s_.()-]/g, '');

const known = new Map(
  Object.entries(names).flatMap(([system, others]) =>
    [system, ...others].map((name) => [bare(name), system] as const),
  ),
);

/** The systems that are known by name. */
export const codeSystems: readonly string[] = Object.keys(names);

/** All their names, in the writing in which names are compared. */
export const knownNames: readonly string[] = [...known.keys()];

/** `SNOMED` for `SNOMED-CT` and for `http://snomed.info/sct`; undefined for what is not known. */
export const knownSystem = (name: string): string | undefined =>
  known.get(bare(name)) ?? known.get(bare(name.replace(/^urn:oid:/, '')));

/**
 * A code as it stands in a {@link Concept}: upper case, no blanks about it, and with the dot of ICD: `4280` of ICD9CM is `428.0`,
 * `E8788` is `E878.8`, `I509` of ICD10CM is `I50.9`, `3605` of ICD9Proc is `36.05`.
 */
export function normaliseCode(code: string, system: string): string {
  const plain = code.trim();
  if (!system.startsWith('ICD')) return codeSystems.includes(system) ? plain.toUpperCase() : plain;
  const signs = plain.toUpperCase().replace('.', '');
  if (system === 'ICD10PCS') return signs;
  const category = system === 'ICD9Proc' ? 2 : system === 'ICD9CM' && signs.startsWith('E') ? 4 : 3;
  return signs.length > category ? `${signs.slice(0, category)}.${signs.slice(category)}` : signs;
}

/** Shapes of codes of diagnoses whose system a source does not give. V and E codes of ICD-9 are looked for first. */
const diagnoses: readonly (readonly [RegExp, string])[] = [
  [/^\d{3}(\.?\d{1,2})?$/, 'ICD9CM'],
  [/^V\d{2}(\.?\d{1,2})?$/, 'ICD9CM'],
  [/^E[89]\d{2}(\.?\d)?$/, 'ICD9CM'],
  [/^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/, 'ICD10CM'],
  [/^[1-9]\d{5,17}$/, 'SNOMED'],
];
const procedures: readonly (readonly [RegExp, string])[] = [
  [/^\d{2}\.?\d{1,2}$/, 'ICD9Proc'],
  [/^\d{4}[0-9FTU]$/, 'CPT4'],
  [/^[A-V]\d{4}$/, 'HCPCS'],
  [/^[1-9]\d{5,17}$/, 'SNOMED'],
  [/^[0-9A-HJ-NP-Z]{7}$/, 'ICD10PCS'],
];
const medications: readonly (readonly [RegExp, string])[] = [
  [/^(\d{11}|\d{4,5}-\d{3,4}-\d{1,2})$/, 'NDC'],
  [/^\d{1,8}$/, 'RxNorm'],
];
const laboratories: readonly (readonly [RegExp, string])[] = [
  [/^\d{1,6}-\d$/, 'LOINC'],
  [/^[1-9]\d{5,17}$/, 'SNOMED'],
];

/** By kind of event: the shapes of its codes, as POSIX-like expressions, and their systems; the first that fits holds. */
export const shapes: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  diagnosis: diagnoses,
  procedure: procedures,
  medication: medications,
  laboratory: laboratories,
  observation: laboratories,
};

/** The system that a code's shape speaks for; undefined when none does. */
export function guessSystem(code: string, kind: string): string | undefined {
  const plain = code.trim().toUpperCase();
  return shapes[kind]?.find(([shape]) => shape.test(plain))?.[1];
}
