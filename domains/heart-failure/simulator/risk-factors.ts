// What makes hearts fail: the risk factors with their hazard ratios, and at what age each sets in. Onsets are a hazard model: a
// factor's rate grows with age as Gompertz's law and is multiplied by those that cause it. Hazard ratios: Yang et al. 2015 (Open
// Heart, 15 cohorts), but CKD: patients with atrial fibrillation, PMC5823079. COPD and sleep apnoea are not in these: assumed.
// Prevalences are round numbers for the United States about 2005; what causes what is textbook, its strengths are assumed.
import type { RandomStream } from '../../../core/random.ts';
import { exponential } from './draws.ts';

export interface RiskFactor {
  readonly name: string;
  /** Of heart failure, present against absent, all other factors being equal. */
  readonly hazardRatio: number;
  /** Share of people of 65 who have it, before its causes are counted, of women and of men. */
  readonly prevalence: readonly [women: number, men: number];
  /** How much faster it sets in with every year of age, 1/years. */
  readonly growth: number;
  /** Multiplies the rate of onset after the onset of an earlier factor of the list. */
  readonly causes: Readonly<Record<string, number>>;
}

const factor = (
  name: string,
  hazardRatio: number,
  prevalence: RiskFactor['prevalence'],
  growth: number,
  causes: RiskFactor['causes'] = {},
): RiskFactor => ({ name, hazardRatio, prevalence, growth, causes });

/** Causes stand before what they cause. Obesity: 1.15 per 5 kg/m2 (Yang), taken as 8.5 kg/m2 between obese and not. */
export const riskFactors: readonly RiskFactor[] = [
  factor('smoking', 1.6, [0.35, 0.48], 0.005),
  factor('obesity', 1.27, [0.28, 0.26], 0.02),
  factor('hypertension', 1.61, [0.38, 0.38], 0.05, { obesity: 1.8 }),
  factor('diabetes', 2, [0.1, 0.12], 0.05, { obesity: 2.2, hypertension: 1.3 }),
  factor('sleep apnoea', 1.3, [0.02, 0.04], 0.02, { obesity: 3 }),
  factor('COPD', 1.6, [0.04, 0.04], 0.07, { smoking: 3 }),
  factor('CKD', 2.27, [0.05, 0.05], 0.09, { hypertension: 1.6, diabetes: 2 }),
  factor('CAD', 2.94, [0.04, 0.08], 0.08, { smoking: 1.5, hypertension: 1.5, diabetes: 1.8 }),
  factor('LVH', 2.46, [0.04, 0.05], 0.05, { obesity: 1.4, hypertension: 2.2 }),
  factor('valve disease', 1.74, [0.04, 0.04], 0.09, { LVH: 1.3 }),
  factor('AF', 1.88, [0.02, 0.03], 0.1, { hypertension: 1.4, 'sleep apnoea': 1.5, 'valve disease': 2 }),
];

/** Number of a risk factor in the list and in the columns of onsets. */
export function factorIndex(name: string): number {
  const index = riskFactors.findIndex((each) => each.name === name);
  if (index < 0) throw new RangeError(`factorIndex: no risk factor ${name}`);
  return index;
}

const causes = riskFactors.map((each) =>
  Object.entries(each.causes).map(([name, ratio]) => [factorIndex(name), ratio] as const),
);

/** Ages at onset of each factor in one life, Infinity where it would come after the given age. */
export function drawOnsets(random: RandomStream, male: boolean, until: number): Float64Array {
  const onsets = new Float64Array(riskFactors.length).fill(Number.POSITIVE_INFINITY);
  riskFactors.forEach(({ prevalence, growth }, f) => {
    // Cumulative hazard scale (exp[growth (age - 65)] - exp[growth (18 - 65)]), multiplied piece by piece.
    const start = Math.exp(growth * (18 - 65));
    const scale = -Math.log(1 - prevalence[male ? 1 : 0]) / (1 - start);
    let left = exponential(random) / scale;
    let from = start;
    let ratio = 1;
    const changes = causes[f]
      .map(([cause, times]) => [onsets[cause], times] as const)
      .filter(([age]) => age < until)
      .sort(([a], [b]) => a - b);
    for (const [age, times] of changes) {
      const to = Math.exp(growth * (age - 65));
      if (left < ratio * (to - from)) break;
      left -= ratio * (to - from);
      from = to;
      ratio *= times;
    }
    const age = 65 + Math.log(from + left / ratio) / growth;
    if (age < until) onsets[f] = age;
  });
  return onsets;
}

const logRatios = riskFactors.map(({ hazardRatio }) => Math.log(hazardRatio));

/** Logarithm of the hazard of heart failure relative to that of someone without any of the factors. */
export function logHazard(onsets: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < onsets.length; f++) if (onsets[f] < Number.POSITIVE_INFINITY) sum += logRatios[f];
  return sum;
}
