// Areas under the ROC curve with DeLong's intervals, beside the paper's, and differences between classifiers on the same
// patients.

import { areaDifferenceOf, areaOf } from '../../../core/metrics/area-interval.ts';
import type { DeLong } from '../../../core/metrics/delong.ts';
import type { Figure } from '../../domain.ts';
import { windowId, windowText } from '../classifiers.ts';
import { paperArea } from '../paper.ts';
import type { ScoredPatients, Scores } from './scored-patients.ts';

const level = 0.95;

export function areaFigures(
  { window, scores, labels }: ScoredPatients,
  areas: DeLong,
  simulated: boolean,
): Figure[] {
  const last = scores.length - 1;
  const own = (k: number): Figure => {
    const { id, label, kind } = scores[k];
    const paper = paperArea(kind, window);
    return {
      id: `auc-${windowId(window)}-${id}`,
      label: `AUC, ${windowText(window)}: ${label}`,
      ...areaOf(areas, labels, k),
      level,
      n: labels.length,
      ...(paper ? { paper } : {}),
      ...(k === last ? noteOf(labels, simulated) : {}),
      ...(k === last
        ? {
            baselines: scores.slice(0, last).map((other, i) => ({
              id: other.id,
              label: other.label,
              ...areaOf(areas, labels, i),
            })),
          }
        : {}),
    };
  };
  // Those that the paper does not have stand beside the leading one.
  const shown = [...scores.keys()].filter((k) => k === last || paperArea(scores[k].kind, window)).reverse();
  return [...shown.map(own), ...differences({ window, scores, labels }, areas)];
}

function noteOf(labels: Uint8Array, simulated: boolean): { note?: string } {
  const cases = labels.reduce((sum: number, y) => sum + y, 0);
  if (simulated)
    return {
      note: "Of a simulator that was set to the paper's difficulty, not a reproduction on its data, which are not public.",
    };
  return cases < 30
    ? { note: `Measured on ${cases} cases alone: the interval says how little is known.` }
    : {};
}

const find = (scores: readonly Scores[], kind: string): number =>
  scores.findLastIndex((other) => other.kind === kind);

function differences(
  { window, scores, labels }: Pick<ScoredPatients, 'window' | 'scores' | 'labels'>,
  areas: DeLong,
): Figure[] {
  const last = scores.length - 1;
  return ['logistic', 'mlp', 'retain'].flatMap((kind): Figure[] => {
    const other = find(scores, kind);
    if (other < 0 || other === last) return [];
    return [
      {
        id: `auc-difference-${windowId(window)}-${kind}`,
        label: `AUC, ${windowText(window)}: ${scores[last].label} less ${scores[other].label}`,
        ...areaDifferenceOf(areas, labels, last, other),
        level,
        n: labels.length,
      },
    ];
  });
}
