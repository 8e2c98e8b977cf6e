// The significance that a classifier's cut would give, as a figure.
import type { Figure } from '../domain.ts';
import { type Classifier, classifierLabel } from './classifiers.ts';
import type { Analysis, ChosenCut } from './cut.ts';
import { level } from './mean-areas.ts';
import type { Problem } from './problems.ts';

export function significanceFigure(
  { name }: Problem,
  classifier: Classifier,
  { figureName, yields }: Analysis,
  { cut, significance }: ChosenCut,
  events: number,
): Figure {
  const round = (value: number): string => value.toPrecision(3);
  return {
    id: `significance-${name}-${classifier.kind}-${classifier.group}`,
    label: `significance ${figureName}, ${name}, ${classifierLabel(classifier)}`,
    ...significance,
    level,
    n: events,
    note: `A cut chosen on other events leaves ${round(cut.signal)} of ${yields.signal} signal and ${round(cut.background)} of ${yields.background} background events.`,
  };
}
