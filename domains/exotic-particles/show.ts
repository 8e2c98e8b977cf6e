// Where scores lie on the histograms of background and signal: test events of the run, each class as shares of its own.
import type { Evaluation, ScoredTable } from '../domain.ts';
import type { ChartPanel, ChartSeries, Panel } from '../panel.ts';
import type { CollisionCurves, ProblemCurves } from './curves.ts';
import type { EventAnswer, EventRequest } from './event-request.ts';

/** The curves of the search that was asked about; of the only one where none was named. */
function curvesOf(evaluation: Evaluation | undefined, search: string | undefined): ProblemCurves | undefined {
  const { problems = [] } = (evaluation?.curves ?? {}) as Partial<CollisionCurves>;
  return search === undefined ? problems[0] : problems.find(({ problem }) => problem === search);
}

function classSeries({ scores }: ProblemCurves, truth: 'background' | 'signal'): ChartSeries {
  const bins = scores.filter((bin) => bin.truth === truth && bin.phase === 'test');
  const points = bins.map(({ from, share }): [number, number] => [from, share]);
  const last = bins.at(-1);
  return { label: truth, shape: 'steps', points: last ? [...points, [last.to, last.share]] : points };
}

function histograms(curves: ProblemCurves): ChartPanel {
  return {
    kind: 'chart',
    title: `Score on those of test events: ${curves.title}`,
    caption: `Share of each class in each bin, by ${curves.leading}. The probability is that of a mixture of as much signal as the training events had.`,
    x: { label: 'P(signal)', low: 0, high: 1 },
    y: { label: 'share of the class', low: 0 },
    series: [classSeries(curves, 'background'), classSeries(curves, 'signal')],
  };
}

export function showEvent(
  { search }: EventRequest,
  { score, spread, networks }: EventAnswer,
  evaluation: Evaluation | undefined,
): Panel[] {
  const curves = curvesOf(evaluation, search);
  if (curves === undefined) return [];
  return [
    {
      ...histograms(curves),
      marks: [
        {
          axis: 'x',
          value: score,
          label: `this event: ${score.toFixed(3)}`,
          answer: true,
          ...(networks > 1 ? { error: spread } : {}),
        },
        {
          axis: 'x',
          value: curves.cut.threshold,
          label: `cut of the run: ${curves.cut.threshold.toFixed(3)}`,
        },
      ],
    },
  ];
}

/** Shares of the values in each of the bins between `edges`. */
function shares(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  for (const value of values) {
    const bin = edges.findIndex((_, i) => value < edges[i + 1]);
    counts[bin < 0 ? counts.length - 1 : bin]++;
  }
  return counts.map((count) => count / values.length);
}

export function showTable(
  { preview: { score = [] } }: ScoredTable,
  search: string | undefined,
  evaluation: Evaluation | undefined,
): Panel[] {
  const curves = curvesOf(evaluation, search);
  if (curves === undefined || score.length === 0) return [];
  const panel = histograms(curves);
  const edges = panel.series[0].points.map(([x]) => x);
  const own = shares(score, edges);
  const points = edges.map((x, i): [number, number] => [x, own[Math.min(i, own.length - 1)]]);
  const label = `${score.length} events of the table`;
  return [{ ...panel, series: [...panel.series, { label, shape: 'steps', points }] }];
}
