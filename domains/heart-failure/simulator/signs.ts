// Codes that come more often as a heart fails, and what else they come from: lungs, veins or nerves. A mimic repeats its one or two
// signs again and again, a failing heart shows many a few times each, so that what counts is which come together, and a sum
// of counts is not the best judge. Which codes rise, and which of them weigh most: Bahadori et al. 2017 (table 4: the same cohort)
// and the Framingham criteria. Rates are tuned to Vijayakrishnan 2014 (at least one Framingham sign in the last year: 85% of
// cases, 55% of controls) and to the paper's AUCs.
import { numberOf } from './vocabulary.ts';

/** Harmless illnesses with some of the signs of heart failure. */
export type Mimic = 'lungs' | 'veins' | 'nerves';

export interface Sign {
  readonly concept: number;
  /** Probability that a visit of anybody has it. */
  readonly usual: number;
  /** What is added at severity 1. */
  readonly rise: number;
  /** What is added in those with a mimic. */
  readonly mimic?: Mimic;
  readonly mimicked: number;
}

const sign = (code: string, usual: number, rise: number, mimic?: Mimic, mimicked = 0): Sign => ({
  concept: numberOf(code),
  usual,
  rise,
  mimic,
  mimicked,
});

/** Codes of the Framingham criteria's signs. */
export const framinghamCodes: readonly string[] = [
  ['786.05', '786.09', '786.02', '786.7', '786.2'],
  ['782.3', '511.9', '429.3', '785.0'],
].flat();

export const signs: readonly Sign[] = [
  sign('786.05', 0.005, 0.06, 'lungs', 0.4),
  sign('786.09', 0.0025, 0.025, 'lungs', 0.1),
  sign('786.02', 0.0006, 0.01),
  sign('786.7', 0.0015, 0.012, 'lungs', 0.03),
  sign('786.2', 0.014, 0.025, 'lungs', 0.25),
  sign('782.3', 0.0065, 0.06, 'veins', 0.45),
  sign('511.9', 0.001, 0.015),
  sign('429.3', 0.0015, 0.015),
  sign('785.0', 0.0025, 0.01, 'nerves', 0.05),
  sign('785.1', 0.004, 0.02, 'nerves', 0.25),
  sign('785.9', 0.001, 0.01),
  sign('786.50', 0.008, 0.03, 'nerves', 0.35),
  sign('794.31', 0.004, 0.03),
  sign('780.2', 0.003, 0.008),
  sign('780.4', 0.01, 0.006, 'nerves', 0.08),
  sign('780.79', 0.012, 0.03),
  sign('425.4', 0.0003, 0.012),
  sign('426.3', 0.001, 0.006),
  sign('427.9', 0.002, 0.012),
  sign('427.89', 0.002, 0.008),
  sign('427.31', 0, 0.01),
  sign('410.90', 0.0004, 0.005),
  sign('482.9', 0.0006, 0.006),
  sign('486', 0.002, 0.015, 'lungs', 0.02),
  sign('276.51', 0.001, 0.004),
  // What the mimics are called, and what is given for them
  sign('493.90', 0.005, 0, 'lungs', 0.05),
  sign('466.0', 0.006, 0, 'lungs', 0.04),
  sign('459.81', 0.003, 0, 'veins', 0.04),
  sign('454.9', 0.002, 0, 'veins', 0.03),
  sign('300.00', 0.008, 0, 'nerves', 0.05),
  sign('ALBUTEROL', 0.003, 0, 'lungs', 0.03),
  sign('A6530', 0.0005, 0, 'veins', 0.02),
  sign('LORAZEPAM', 0.004, 0, 'nerves', 0.04),
  // What is looked for
  sign('93000', 0.025, 0.03, 'nerves', 0.12),
  sign('93307', 0.005, 0.03),
  sign('71020', 0.015, 0.03, 'lungs', 0.1),
  sign('83880', 0.001, 0.02),
  sign('84484', 0.003, 0.012, 'nerves', 0.02),
  sign('80048', 0.03, 0.02),
  sign('99284', 0.008, 0.03),
  // What is begun before anybody says what it is
  sign('FUROSEMIDE', 0.004, 0.05, 'veins', 0.12),
  sign('TORSEMIDE', 0.0002, 0.005),
  sign('POTASSIUM CHLORIDE', 0.003, 0.02),
  sign('LISINOPRIL', 0.004, 0.02),
  sign('LOSARTAN', 0.003, 0.01),
  sign('METOPROLOL', 0.005, 0.02),
  sign('CARVEDILOL', 0.0006, 0.012),
  sign('DIGOXIN', 0.0004, 0.012),
  sign('SPIRONOLACTONE', 0.001, 0.01),
];
