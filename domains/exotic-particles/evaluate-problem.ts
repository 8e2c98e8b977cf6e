// The figures and curves of one search: areas, the cut and its significance, working points, and what a physicist asks of
// the leading classifier before using it.
import { RankedScores } from '../../core/metrics/ranked-scores.ts';
import { rankedRocCurve } from '../../core/metrics/roc.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { EvaluateContext, Figure } from '../domain.ts';
import { areaFigures } from './area-figures.ts';
import { areasOf } from './areas.ts';
import { classifierLabel, classifiersOf, judgedClassifiers, leadingClassifier } from './classifiers.ts';
import type { CollisionsConfig } from './config.ts';
import type { ProblemCurves } from './curves.ts';
import { analysisOf, chooseCut, type ScoredClass } from './cut.ts';
import { importanceOf } from './importance.ts';
import { likelihoodFigures } from './likelihood-figures.ts';
import { massOf } from './mass-of.ts';
import type { Problem } from './problems.ts';
import { cutPoints, rocPoints } from './roc-points.ts';
import { scoreHistograms } from './score-histogram.ts';
import { type ScoredEvents, scoreEvents, togetherScores } from './scored-events.ts';
import { significanceFigure } from './significance-figure.ts';
import { systematicsOf } from './systematic-effects.ts';
import { workingPointFigures } from './working-point-figures.ts';
import { workingPointsOf } from './working-point-table.ts';

/** Training events scored for the test of overtraining: as many as tell a difference of a few per mille. */
const trainingEvents = 50_000;
/** Validation events at most that a cut is chosen on. */
const validationEvents = 200_000;

const classOf = (events: ScoredEvents, ids: readonly string[]): ScoredClass => ({
  scores: togetherScores(events, ids),
  label: events.label,
  weight: events.weight,
});

export interface EvaluatedProblem {
  readonly figures: readonly Figure[];
  readonly curves: ProblemCurves;
}

/** @param ids networks of the run */
export async function evaluateProblem(
  problem: Problem,
  dataset: StoredDataset,
  context: EvaluateContext<CollisionsConfig>,
): Promise<EvaluatedProblem> {
  const { models, config, random, progress, signal } = context;
  const classifiers = classifiersOf(models.ids, problem.name);
  const leading = leadingClassifier(classifiers);
  const ids = classifiers.flatMap((classifier) => classifier.ids);
  const scoring = { ids, models, progress, signal };
  const { train, validation, test } = dataset.splits;
  const scored = await scoreEvents({ ...scoring, rows: test, label: `Scoring ${problem.name}, test` });
  // Data that come to be evaluated have no other events to choose a cut on.
  const own = train.length > 0;
  const choosing = own
    ? await scoreEvents({
        ...scoring,
        rows: validation,
        limit: validationEvents,
        label: `Scoring ${problem.name}, validation`,
      })
    : scored;
  const trained = own
    ? await scoreEvents({
        ...scoring,
        ids: leading.ids,
        rows: train,
        limit: trainingEvents,
        label: `Scoring ${problem.name}, training`,
      })
    : scored;

  const ensembles = classifiers.filter((classifier) => classifier.ids.length > 1);
  const areas = areasOf(
    [...ids.map((id) => scored.scores.get(id)!), ...ensembles.map((c) => togetherScores(scored, c.ids))],
    scored.label,
    scored.weight,
    random.split('areas', problem.name),
  );
  const analysis = analysisOf(problem, config);
  const judged = judgedClassifiers(classifiers);
  const cuts = new Map(
    judged.map((classifier) => {
      const stream = random.split('cut', problem.name, classifier.kind, classifier.group);
      return [
        classifier,
        chooseCut(
          classOf(choosing, classifier.ids),
          classOf(scored, classifier.ids),
          analysis,
          stream,
          config.bootstrap,
        ),
      ] as const;
    }),
  );
  const leadingScores = classOf(scored, leading.ids);
  const chosen = cuts.get(leading)!;
  const histograms = scoreHistograms(classOf(trained, leading.ids), leadingScores);
  const sameGroup = classifiers.filter((c) => c.group === leading.group && c !== leading);
  const events = scored.label.length;
  const figures: Figure[] = [
    ...areaFigures({
      problem,
      classifiers,
      areas,
      ids,
      events,
      generated: dataset.provenance.kind === 'simulated',
      together: new Map(ensembles.map((classifier, i) => [classifier, ids.length + i])),
    }),
    ...judged.map((classifier) =>
      significanceFigure(problem, classifier, analysis, cuts.get(classifier)!, events),
    ),
    ...workingPointFigures(problem, leading, sameGroup, scored, context),
    ...likelihoodFigures(problem, leading, leadingScores, analysis, config, random),
  ];
  const curves = judged.map((classifier) => {
    const ranked = new RankedScores(togetherScores(scored, classifier.ids), scored.label);
    return {
      roc: rocPoints(classifier, rankedRocCurve(ranked, scored.weight)),
      cuts: cutPoints(classifier, ranked, scored.weight, analysis),
    };
  });
  return {
    figures,
    curves: {
      problem: problem.name,
      title: problem.title,
      leading: classifierLabel(leading),
      roc: curves.flatMap(({ roc }) => roc),
      cuts: curves.flatMap((curve) => curve.cuts),
      scores: own ? histograms.bins : histograms.bins.filter(({ phase }) => phase === 'test'),
      ...(own ? { overtraining: histograms.overtraining } : {}),
      cut: {
        classifier: classifierLabel(leading),
        threshold: chosen.threshold,
        figureName: analysis.figureName,
        signalBefore: analysis.yields.signal,
        backgroundBefore: analysis.yields.background,
        signal: chosen.cut.signal,
        background: chosen.cut.background,
        significance: chosen.significance,
      },
      workingPoints: workingPointsOf(leadingScores, chosen.threshold, analysis),
      ...(await massOf(problem, test, leadingScores, chosen.threshold)),
      importance: await importanceOf(problem, leading, test, context),
      ...(config.systematics
        ? await systematicsOf(problem, leading, test, chosen.threshold, analysis, context)
        : {}),
    },
  };
}
