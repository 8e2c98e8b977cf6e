// The embedded source of patients: a matched case-control cohort of primary-care records before heart failure, after the population
// of Choi et al. 2017, whose records are not public. What is in a record is in record.ts, who falls ill in risk-set.ts, what
// counts of codes show in signs.ts, and what nothing but their order shows in complaints.ts and visits.ts.
import { UserError } from '../../../core/errors.ts';
import type { Progress } from '../../../core/progress.ts';
import type { RandomStream } from '../../../core/random.ts';
import type { Cohort, CohortMember } from '../../../data-adapters/heart-failure/cohort.ts';
import { effectsOf, tunedOrderShare } from './effects.ts';
import { type MemberTruth, simulateMatchSet } from './match-set.ts';
import { concepts } from './vocabulary.ts';

export type { MemberTruth } from './match-set.ts';

/** Choi et al. 2017: 3,884 cases and 28,903 controls. */
export const paperCases = 3884;
export const paperControlsPerCase = 28903 / 3884;

export interface SimulateCohortOptions {
  /** Cases, each with its set of controls; at least 1. */
  readonly cases: number;
  /** 1 to 50; a fraction is met on average, exactly over all sets. The paper's by default. */
  readonly controlsPerCase?: number;
  /** 0 for cases like controls, 1 as published and tuned (default), at most 2. */
  readonly strength?: number;
  /** 0 for no signal in order and spacing, 1 for none elsewhere; 0.5, as tuned, by default. */
  readonly orderShare?: number;
  /** Days of the records before the index date, 180 to 3,600; 900 by default. */
  readonly history?: number;
  /** Every set gets a stream of its own, split from this one. */
  readonly random: RandomStream;
  readonly progress: Progress;
  /** Stops at the next few sets; the promise is then rejected with its reason. */
  readonly signal: AbortSignal;
}

export interface SimulatedCohort {
  readonly cohort: Cohort;
  /** In the order of the cohort's members. */
  readonly truth: readonly MemberTruth[];
}

/** Sets between which whoever aborts gets a turn. */
const turn = 16;

function check(name: string, value: number, low: number, high: number, whole: boolean): void {
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return;
  throw new UserError({
    what: `${name} is ${value}`,
    where: 'simulator',
    how: `give ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}`,
  });
}

/**
 * Simulates a cohort. A set depends on the stream, its number, and the other options alone; with the same number of controls,
 * the first sets of a larger cohort are those of a smaller one.
 *
 * @throws UserError when a number is out of its range
 */
export async function simulateCohort(options: SimulateCohortOptions): Promise<SimulatedCohort> {
  const { cases, controlsPerCase = paperControlsPerCase, history = 900, random, progress, signal } = options;
  const { strength = 1, orderShare = tunedOrderShare } = options;
  check('cases', cases, 1, 1_000_000, true);
  check('controlsPerCase', controlsPerCase, 1, 50, false);
  check('history', history, 180, 3600, true);
  const effects = effectsOf(strength, orderShare);
  const bar = progress.task('Simulating patients', cases, 'match sets');
  const members: CohortMember[] = [];
  const truth: MemberTruth[] = [];
  try {
    for (let set = 0; set < cases; set++) {
      if (set % turn === 0) {
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
      const controls = Math.round((set + 1) * controlsPerCase) - Math.round(set * controlsPerCase);
      const drawn = simulateMatchSet(random.split('match set', set), set, controls, history, effects);
      members.push(...drawn.members);
      truth.push(...drawn.truth);
      bar.advance();
    }
  } finally {
    bar.end();
  }
  const controls = members.length - cases;
  return {
    cohort: {
      source: 'simulated',
      concepts,
      members,
      funnel: [{ rule: 'simulated in matched sets', cases, controls }],
      notes: [
        `simulated with strength ${strength} and ${orderShare} of the signal in order and spacing alone; nobody is real`,
      ],
    },
    truth,
  };
}
