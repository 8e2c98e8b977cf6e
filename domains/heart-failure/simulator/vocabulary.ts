// All codes of the simulated records by number, and how often the background ones come.
import type { RandomStream } from '../../../core/random.ts';
import type { Concept, EventKind } from '../../../data-adapters/heart-failure/cohort.ts';
import { backgroundDiagnoses, backgroundDrugs, backgroundProcedures } from './background-codes.ts';
import {
  clinicalDiagnoses,
  clinicalDrugs,
  clinicalObservations,
  clinicalProcedures,
  type Named,
} from './clinical-codes.ts';
import { Weighted, zipf } from './draws.ts';

export const concepts: Concept[] = [];
const numbers = new Map<string, number>();

/** Adds codes that are not there yet and answers the numbers of those. */
function add(kind: EventKind, system: (code: string) => string, named: readonly Named[]): number[] {
  const added: number[] = [];
  for (const [code, name] of named) {
    if (numbers.has(code)) continue;
    added.push(concepts.length);
    numbers.set(code, concepts.length);
    concepts.push({ code, system: system(code), kind, name });
  }
  return added;
}

const icd = () => 'ICD9CM';
const drug = () => 'DRUG';
const cpt = (code: string) => (/^\d/.test(code) ? 'CPT4' : 'HCPCS');
add('diagnosis', icd, clinicalDiagnoses);
add('medication', drug, clinicalDrugs);
add('procedure', cpt, clinicalProcedures);
add('observation', () => 'NOTE', clinicalObservations);

/** Number of a code. */
export function numberOf(code: string): number {
  const number = numbers.get(code);
  if (number === undefined) throw new RangeError(`numberOf: no code ${code} in the simulator's vocabulary`);
  return number;
}

/** Background codes of one kind; the exponent and shift are tuned to a first code of some 5 in 100 and a tail of thousands. */
function background(codes: readonly number[], exponent: number): (random: RandomStream) => number {
  const weighted = new Weighted(zipf(codes.length, exponent, 4));
  return (random) => codes[weighted.draw(random)];
}

/** A code of the background, by Zipf's law. */
export const drawBackground = {
  diagnosis: background(add('diagnosis', icd, backgroundDiagnoses()), 1.6),
  medication: background(add('medication', drug, backgroundDrugs()), 1.4),
  procedure: background(add('procedure', cpt, backgroundProcedures()), 1.4),
} as const;

const order: readonly EventKind[] = ['observation', 'diagnosis', 'laboratory', 'procedure', 'medication'];

/** Where each concept stands among those of one visit: what was found comes before what was ordered. */
export const ranks: Uint8Array = Uint8Array.from(concepts, ({ kind }) => order.indexOf(kind));
