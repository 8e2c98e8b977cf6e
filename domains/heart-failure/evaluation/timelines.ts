// A few simulated patients with what each visit adds to the answer. Never of real ones: a timeline is a person's record.

import { logistic } from '../../../core/metrics/logistic.ts';
import type { EvaluateContext } from '../../domain.ts';
import type { Classifier } from '../classifiers.ts';
import type { HeartFailureConfig } from '../config.ts';
import { contributionsOf } from '../contributions.ts';
import type { TimelineVisit } from './curves.ts';
import type { ScoredPatients } from './scored-patients.ts';

/** Codes of a visit that are named. */
const mostNamed = 3;

/** The case at highest risk, one in the middle, one that is missed; and the control at highest risk. */
function chosenRows({ labels, scores }: ScoredPatients): { row: number; name: string }[] {
  const logits = scores[scores.length - 1].scores;
  const sorted = (label: number): number[] =>
    [...logits.keys()].filter((row) => labels[row] === label).sort((a, b) => logits[b] - logits[a]);
  const [controls, cases] = [sorted(0), sorted(1)];
  const at = (rows: readonly number[], share: number): number => rows[Math.floor(share * (rows.length - 1))];
  const risk = (row: number): string => `${Math.round(100 * logistic(logits[row]))} %`;
  return [
    { row: at(cases, 0.05), name: 'case, found' },
    { row: at(cases, 0.5), name: 'case, in the middle' },
    { row: at(cases, 0.95), name: 'case, missed' },
    { row: at(controls, 0.02), name: 'control, suspected' },
  ].map(({ row, name }) => ({ row, name: `${name} (${risk(row)})` }));
}

export async function timelinesOf(
  patients: ScoredPatients,
  classifier: Classifier,
  { models, config }: EvaluateContext<HeartFailureConfig>,
): Promise<TimelineVisit[]> {
  const visits: TimelineVisit[] = [];
  const { observed, rows, window } = patients;
  const { representation } = config;
  const { concepts } = observed.vocabulary;
  for (const { row, name } of chosenRows(patients)) {
    const steps = observed.steps(rows[row], representation);
    if (steps.length === 0) continue;
    const { visits: parts } = await contributionsOf(steps, representation, (inputs) =>
      models.run(classifier.ids[0], inputs),
    );
    for (const { days, contribution, codes } of parts) {
      const named = codes.map((code) => concepts[code - 1].name ?? concepts[code - 1].code);
      const more = named.length - mostNamed;
      visits.push({
        patient: name,
        days: days + window.gap,
        contribution,
        codes: named.slice(0, mostNamed).join('; ') + (more > 0 ? ` and ${more} more` : ''),
      });
    }
  }
  return visits;
}
