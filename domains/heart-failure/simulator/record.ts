// What the visits of one person leave in the records: the background of everybody's life, the risk factors that have set in, the
// signs, what was asked for and not found, and complaints with their remedies.
import type { RandomStream } from '../../../core/random.ts';
import { addComplaints, type Visit } from './complaints.ts';
import { type Course, daysPerYear, severity, wave } from './course.ts';
import { happens, pick, poissonCount } from './draws.ts';
import type { Effects } from './effects.ts';
import { factorCodes } from './factor-codes.ts';
import { factorIndex } from './risk-factors.ts';
import { type Mimic, signs } from './signs.ts';
import { drawBackground, numberOf, ranks } from './vocabulary.ts';

/** Background codes a visit (tuned to 2.06 diagnoses a visit, GRAM 2017, and about 1.3 orders). */
const background = { diagnosis: 1.03, medication: 0.45, procedure: 0.4 } as const;
type Background = keyof typeof background;
const backgroundKinds = Object.keys(background) as Background[];

/** Share of the background that is the person's own lasting ailments, and how many of them of each kind (assumed). */
const lasting = 0.4;
const ailments = 4;

/** Shares of people with each mimic; nobody has two (tuned). */
const mimics: readonly (readonly [Mimic, number])[] = [
  ['lungs', 0.12],
  ['veins', 0.12],
  ['nerves', 0.1],
];

/** Probability that a visit notes a sign as absent (assumed; Steinhubl 2013 found affirmed and denied signs by turns). */
const denied = 0.04;
const denials = ['DYSPNEA DENIED', 'EDEMA DENIED', 'RALES ABSENT'].map(numberOf);

/** Probability that a visit of somebody with hypertension orders a thiazide (assumed); less as the heart fails. */
const thiazideRate = 0.05;
const thiazide = numberOf('HYDROCHLOROTHIAZIDE');
const hypertension = factorIndex('hypertension');

export interface Person {
  /** Years at the index date. */
  readonly age: number;
  /** Ages at onset of the risk factors. */
  readonly onsets: Float64Array;
  readonly course: Course;
  readonly isCase: boolean;
}

function drawMimic(random: RandomStream): Mimic | undefined {
  let rest = random.uniform();
  for (const [mimic, share] of mimics) {
    rest -= share;
    if (rest < 0) return mimic;
  }
  return undefined;
}

/** A person's record, the oldest event first; within a visit what was found comes before what was ordered. */
export function drawRecord(
  random: RandomStream,
  { age, onsets, course, isCase }: Person,
  days: readonly number[],
  { counts, order }: Effects,
): { daysBefore: Float32Array; concepts: Uint32Array } {
  const mimic = drawMimic(random);
  const own = backgroundKinds.map((kind) =>
    Array.from({ length: ailments }, () => drawBackground[kind](random)),
  );
  const present = factorCodes.filter(({ factor }) => onsets[factor] < age);

  const visits = days.map((day): Visit => {
    const codes: number[] = [];
    backgroundKinds.forEach((kind, k) => {
      for (let n = poissonCount(random, background[kind]); n > 0; n--) {
        codes.push(happens(random, lasting) ? pick(random, own[k]) : drawBackground[kind](random));
      }
    });
    const then = age - day / daysPerYear;
    const severe = counts * severity(course, day);
    const height = wave(course, day);
    for (const { factor, diagnosed, diagnoses, ordered, orders } of present) {
      if (onsets[factor] > then) continue;
      if (happens(random, diagnosed)) codes.push(pick(random, diagnoses));
      if (happens(random, ordered)) codes.push(pick(random, orders));
    }
    // Thiazides give way to loop diuretics.
    if (onsets[hypertension] <= then && happens(random, thiazideRate * (1 - severe))) codes.push(thiazide);
    for (const sign of signs) {
      const mimicked = sign.mimic !== undefined && sign.mimic === mimic ? sign.mimicked : 0;
      if (happens(random, sign.usual + height * (mimicked + severe * sign.rise))) codes.push(sign.concept);
    }
    for (const denial of denials) if (happens(random, denied)) codes.push(denial);
    return { day, codes };
  });
  addComplaints(random, visits, isCase ? order : 0);
  return flatten(random, visits);
}

function flatten(random: RandomStream, visits: readonly Visit[]) {
  const length = visits.reduce((sum, { codes }) => sum + codes.length, 0);
  const daysBefore = new Float32Array(length);
  const concepts = new Uint32Array(length);
  let at = 0;
  for (const { day, codes } of visits) {
    const inOrder = random.shuffle(codes).sort((a, b) => ranks[a] - ranks[b]);
    for (const code of inOrder) {
      daysBefore[at] = day;
      concepts[at++] = code;
    }
  }
  return { daysBefore, concepts };
}
