// Net benefit at the incidence that risks are stated for, per 1,000 people.

import { logistic } from '../../../core/metrics/logistic.ts';
import { netBenefit } from '../../../core/metrics/net-benefit.ts';
import { correctPrior } from '../../../core/metrics/recalibration.ts';
import type { BenefitPoint } from './curves.ts';
import type { ScoredPatients } from './scored-patients.ts';

const people = 1000;

export function benefitPoints({ labels, scores }: ScoredPatients, incidence: number): BenefitPoint[] {
  const sampled = labels.reduce((sum: number, y) => sum + y, 0) / labels.length;
  const thresholds = Array.from({ length: 40 }, (_, i) => ((i + 1) / 40) * Math.min(0.5, 8 * incidence));
  const of = (which: { readonly label: string; readonly scores: Float32Array }): BenefitPoint[] =>
    netBenefit(
      Array.from(which.scores, (x) => logistic(correctPrior(x, sampled, incidence))),
      labels,
      thresholds,
      incidence,
    ).map(({ threshold, model }) => ({ threshold, strategy: which.label, benefit: people * model }));
  const regression = scores.find(({ kind }) => kind === 'logistic');
  const leading = scores[scores.length - 1];
  const everybody = netBenefit(new Float32Array(labels.length), labels, thresholds, incidence).map(
    ({ threshold, everybody: benefit }) => ({
      threshold,
      strategy: 'everybody',
      benefit: people * benefit,
    }),
  );
  const floor = -0.2 * people * incidence;
  return [
    ...of(leading),
    ...(regression && regression !== leading ? of(regression) : []),
    ...everybody.filter(({ benefit }) => benefit > floor),
    ...thresholds.map((threshold) => ({ threshold, strategy: 'nobody', benefit: 0 })),
  ];
}
