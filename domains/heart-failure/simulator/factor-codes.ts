// What the risk factors leave in the records once they have set in: diagnoses and drugs, at a rate for each visit. Rates are tuned to
// 2.06 diagnoses a visit (GRAM 2017); which drug goes with which disease is textbook.
import { factorIndex } from './risk-factors.ts';
import { numberOf } from './vocabulary.ts';

export interface FactorCodes {
  /** Number of the risk factor. */
  readonly factor: number;
  readonly diagnoses: readonly number[];
  /** Probability that a visit has one of the diagnoses. */
  readonly diagnosed: number;
  readonly orders: readonly number[];
  /** Probability that a visit has one of the orders. */
  readonly ordered: number;
}

const codesOf = (
  name: string,
  diagnosed: number,
  diagnoses: readonly string[],
  ordered: number,
  orders: readonly string[],
): FactorCodes => ({
  factor: factorIndex(name),
  diagnosed,
  diagnoses: diagnoses.map(numberOf),
  ordered,
  orders: orders.map(numberOf),
});

export const factorCodes: readonly FactorCodes[] = [
  codesOf('smoking', 0.04, ['305.1', 'V15.82'], 0.004, ['VARENICLINE']),
  codesOf('obesity', 0.07, ['278.00', '278.00', '278.01'], 0.005, ['ORLISTAT']),
  codesOf('hypertension', 0.22, ['401.9', '401.9', '401.1'], 0.1, [
    'LISINOPRIL',
    'AMLODIPINE',
    'ATENOLOL',
    'LOSARTAN',
  ]),
  codesOf('diabetes', 0.25, ['250.00', '250.00', '250.00', '250.02', '250.50'], 0.2, [
    'METFORMIN',
    'METFORMIN',
    'GLIPIZIDE',
    'INSULIN GLARGINE',
    '83036',
  ]),
  codesOf('sleep apnoea', 0.08, ['327.23', '780.57'], 0.01, ['95810']),
  codesOf('COPD', 0.16, ['496', '496', '491.9', '492.8'], 0.12, [
    'TIOTROPIUM',
    'FLUTICASONE SALMETEROL',
    'ALBUTEROL',
    '94010',
  ]),
  codesOf('CKD', 0.14, ['585.9', '585.3', '585.3', '585.4'], 0.05, [
    'FUROSEMIDE',
    'FUROSEMIDE',
    '80048',
    'EPOETIN',
  ]),
  codesOf('CAD', 0.18, ['414.00', '414.01', '414.01', '413.9', '412'], 0.14, [
    'CLOPIDOGREL',
    'NITROGLYCERIN',
    'METOPROLOL',
    'SIMVASTATIN',
    '93015',
  ]),
  codesOf('LVH', 0.05, ['429.3', '402.90', '794.31'], 0.02, ['93307', '93000']),
  codesOf('valve disease', 0.1, ['424.0', '424.1', '424.90', '785.2'], 0.03, ['93307']),
  codesOf('AF', 0.2, ['427.31', '427.31', '427.31', '427.32'], 0.2, [
    'WARFARIN',
    '85610',
    '85610',
    'METOPROLOL',
    'DIGOXIN',
  ]),
];
