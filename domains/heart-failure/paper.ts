// What Choi et al. 2017 report: areas under the ROC curve in two settings (abstract of the paper). That the setting of 12
// months looks six months ahead is inferred from sibling papers of the group: README.md.
import type { Window } from '../../data-adapters/heart-failure/cohort.ts';

type PaperClassifier = 'knn' | 'svm' | 'logistic' | 'mlp' | 'gru';

const results: readonly (Window & { readonly areas: Partial<Record<PaperClassifier, number>> })[] = [
  {
    observation: 365,
    gap: 180,
    areas: { knn: 0.73, svm: 0.743, logistic: 0.747, mlp: 0.765, gru: 0.777 },
  },
  { observation: 540, gap: 0, areas: { mlp: 0.834, gru: 0.883 } },
];

/** Area of a kind of classifier in a setting, where the paper gives one. */
export function paperArea(kind: string, { observation, gap }: Window): { value: number } | undefined {
  const setting = results.find((result) => result.observation === observation && result.gap === gap);
  const value = setting?.areas[(kind === 'paper-gru' ? 'gru' : kind) as PaperClassifier];
  return value === undefined ? undefined : { value };
}
