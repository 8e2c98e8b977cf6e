// Who becomes the case, and who his or her controls: incidence density sampling. On the day that somebody of a clinic falls ill,
// all others of the same sex, age and clinic are at risk. Each is the one with a probability in proportion to the hazard, which
// is a term of Cox's partial likelihood; so conditional logistic regression on the sets estimates the hazard ratios themselves.
import type { RandomStream } from '../../../core/random.ts';
import { logNormal, pick } from './draws.ts';
import { drawOnsets, logHazard } from './risk-factors.ts';

/** What a case and its controls have in common. */
export interface SetTraits {
  readonly male: boolean;
  /** Years at the index date, 40 to 85. */
  readonly age: number;
  readonly site: string;
  /** Year of the index date, 2000.4 to 2013.4 (Choi et al. 2017: May 2000 to May 2013). */
  readonly year: number;
  /** Multiplies the visits of all of the set, mean 1. */
  readonly utilisation: number;
}

/** People of a clinic of one sex and age; more only make the simulation slower. */
const atRisk = 60;

/** Half the logarithms' variance of utilisation lies between sets, half within (tuned; see `ownUtilisation`). */
const deviation = 0.35;

/** Multiplies the visits of one person, mean 1. */
export const ownUtilisation = (random: RandomStream): number =>
  logNormal(random, Math.exp((-deviation * deviation) / 2), deviation);

/** Ages of incident cases within the cohort's 40 to 85: normal about 72 with a deviation of 10 (round numbers). */
function drawAge(random: RandomStream): number {
  for (;;) {
    const age = 72 + 10 * random.normal();
    if (age >= 40 && age < 86) return Math.floor(age);
  }
}

const sites = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => `clinic ${letter}`);

export function drawSetTraits(random: RandomStream): SetTraits {
  return {
    // Incidence at equal age is 1.52 times as high in men (Yang 2015), who are fewer at these ages.
    male: random.uniform() < 0.53,
    age: drawAge(random),
    site: pick(random, sites),
    year: 2000.4 + 13 * random.uniform(),
    utilisation: ownUtilisation(random),
  };
}

/**
 * Ages at onset of the case's risk factors, then of each control's.
 *
 * @param exponent of the hazard ratios: 1 as published, 0 for a case like any other
 */
export function drawRiskSet(
  random: RandomStream,
  { male, age }: SetTraits,
  controls: number,
  exponent: number,
): Float64Array[] {
  const people = Array.from({ length: Math.max(atRisk, controls + 1) }, () => drawOnsets(random, male, age));
  const hazards = people.map((onsets) => Math.exp(exponent * logHazard(onsets)));
  let rest = random.uniform() * hazards.reduce((sum, hazard) => sum + hazard, 0);
  let chosen = 0;
  while (chosen < people.length - 1 && rest >= hazards[chosen]) rest -= hazards[chosen++];
  // All others are drawn alike, so that the first of them are a random sample.
  const [patient] = people.splice(chosen, 1);
  return [patient, ...people.slice(0, controls)];
}
