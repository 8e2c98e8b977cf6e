// The plots of a sweep's report: what each parameter tells of the objective, all trials as lines across the parameters, and the
// objective while training.
import type { Plot } from '../../../domains/domain.ts';
import { metricText } from '../../format/number-text.ts';
import { palette } from '../../report/plot-theme.ts';
import type { Parameter } from '../parameter.ts';
import type { CollectedElement } from './collect-elements.ts';
import type { Importance } from './importance.ts';
import { type Objective, objectiveText } from './objective.ts';
import type { SweepSummary, TrialSummary } from './trial-summary.ts';

export function importancePlot(importance: readonly Importance[], trials: number): Plot[] {
  if (importance.length === 0) return [];
  const y = { field: 'path', type: 'nominal', title: null, sort: importance.map(({ path }) => path) };
  return [
    {
      id: 'importance',
      title: 'What each parameter tells of the objective',
      caption: `Share of the variance of the objective's ranks over ${trials} trials that lies between values of one parameter (Kelley's epsilon squared; ranges in groups of equal size). The tick is what chance alone exceeds in one case of twenty: a bar that ends before it shows nothing. Two parameters that matter only together are not seen.`,
      vegaLite: {
        data: { values: importance },
        width: 260,
        height: { step: 34 },
        layer: [
          {
            mark: { type: 'bar', height: 18 },
            encoding: {
              x: {
                field: 'share',
                type: 'quantitative',
                title: 'share of variance',
                scale: { domain: [0, 1] },
              },
              y,
            },
          },
          {
            mark: { type: 'tick', color: palette[1], thickness: 3, size: 26 },
            encoding: { x: { field: 'chance', type: 'quantitative' }, y },
          },
        ],
      },
    },
  ];
}

interface Axis {
  readonly name: string;
  readonly place: (value: unknown) => number;
  readonly marks: readonly { readonly at: number; readonly text: string }[];
}

const scaled = (low: number, high: number, log: boolean): ((value: unknown) => number) => {
  const f = (v: number): number => (log ? Math.log(v) : v);
  return (value) => (high > low ? (f(Number(value)) - f(low)) / (f(high) - f(low)) : 0.5);
};

const textOf = (value: unknown): string => {
  if (typeof value === 'number') return metricText(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 14 ? `${text.slice(0, 13)}…` : text;
};

/** The shortest ends of paths that tell them apart. */
function shortNames(paths: readonly string[]): string[] {
  return paths.map((path) => {
    const parts = path.split('.');
    for (let kept = 1; kept < parts.length; kept++) {
      const end = parts.slice(-kept).join('.');
      if (paths.filter((other) => other === end || other.endsWith(`.${end}`)).length === 1) return end;
    }
    return path;
  });
}

function rangeAxis(name: string, [low, high]: readonly [number, number], log: boolean): Axis {
  const middle = log ? Math.sqrt(low * high) : (low + high) / 2;
  const marks = [low, middle, high].map((v, i) => ({
    at: i / 2,
    text: metricText(Number(v.toPrecision(3))),
  }));
  return { name, place: scaled(low, high, log), marks };
}

function parameterAxis({ scale, bounds, values }: Parameter, name: string): Axis {
  if (bounds !== undefined) return rangeAxis(name, bounds, scale === 'log');
  const texts = (values ?? []).map((value) => JSON.stringify(value));
  const at = (i: number): number => (texts.length > 1 ? i / (texts.length - 1) : 0.5);
  const every = Math.ceil(texts.length / 12);
  return {
    name,
    place: (value) => at(texts.indexOf(JSON.stringify(value))),
    marks: (values ?? []).flatMap((value, i) =>
      i % every === 0 ? [{ at: at(i), text: textOf(value) }] : [],
    ),
  };
}

function objectiveAxis(trials: readonly TrialSummary[], { metric }: Objective): Axis {
  const all = trials.map(({ estimate }) => estimate.value);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  if (low === high) return { name: metric, place: () => 0.5, marks: [{ at: 0.5, text: metricText(low) }] };
  return rangeAxis(metric, [low, high], low > 0 && high / low > 20);
}

export function parallelPlot(
  { ranked, chosen }: SweepSummary,
  parameters: readonly Parameter[],
  objective: Objective,
): Plot[] {
  if (ranked.length < 2 || chosen === undefined) return [];
  const names = shortNames(parameters.map(({ path }) => path));
  const axes = [
    ...parameters.map((parameter, i) => parameterAxis(parameter, names[i])),
    objectiveAxis(ranked, objective),
  ];
  const lines = ranked.flatMap(({ trial, values, estimate }, rank) =>
    axes.map(({ name, place }, i) => ({
      trial,
      rank: rank + 1,
      axis: name,
      y: place(i < parameters.length ? values[parameters[i].path] : estimate.value),
    })),
  );
  const x = {
    field: 'axis',
    type: 'nominal',
    sort: axes.map(({ name }) => name),
    title: null,
    axis: { labelAngle: 0, labelOverlap: false, grid: false, domain: false, ticks: false, labelPadding: 14 },
    scale: { type: 'point', padding: 0.6 },
  };
  const y = { field: 'y', type: 'quantitative', axis: null, scale: { domain: [0, 1] } };
  const marks = axes.flatMap(({ name, marks: all }) =>
    all.map(({ at, text }) => ({ axis: name, y: at, text })),
  );
  return [
    {
      id: 'parallel',
      title: 'All trials across their parameters',
      caption: `A line for each of ${ranked.length} trials, dark for the best and light for the worst by ${objectiveText(objective)}; the chosen one in orange.`,
      vegaLite: {
        width: { step: Math.max(110, Math.min(190, 800 / axes.length)) },
        height: 300,
        encoding: { x, y },
        layer: [
          {
            data: { values: axes.map(({ name }) => ({ axis: name, y: 0, top: 1 })) },
            mark: { type: 'rule', opacity: 0.6 },
            encoding: { y2: { field: 'top' } },
          },
          {
            data: { values: lines },
            mark: { type: 'line', strokeWidth: 1.5, opacity: 0.75 },
            encoding: {
              detail: { field: 'trial' },
              color: {
                field: 'rank',
                type: 'quantitative',
                legend: null,
                scale: { scheme: 'viridis', domain: [1, Math.max(2, ranked.length * 1.15)] },
              },
            },
          },
          {
            data: { values: lines.filter(({ trial }) => trial === chosen.trial) },
            mark: {
              type: 'line',
              strokeWidth: 3.5,
              color: palette[1],
              point: { color: palette[1], size: 60 },
            },
          },
          {
            data: { values: marks },
            mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 7, fontSize: 13 },
            encoding: { text: { field: 'text' } },
          },
        ],
      },
    },
  ];
}

const mostPoints = 150;

export function objectiveCurves(
  elements: readonly CollectedElement[],
  { chosen }: SweepSummary,
  objective: Objective,
): Plot[] {
  const drawn = elements.filter(({ curve }) => curve.length > 1);
  if (drawn.length === 0) return [];
  const values = drawn.flatMap(({ curve, state }) => {
    const every = Math.ceil(curve.length / mostPoints);
    const { id, trial } = state.element;
    return curve
      .filter((_, i) => i % every === 0 || i === curve.length - 1)
      .map(({ step, value }) => ({ run: id, step, value, chosen: trial === chosen?.trial }));
  });
  const positive = values.map(({ value }) => value).filter((value) => value > 0);
  const log = positive.length === values.length && Math.max(...positive) / Math.min(...positive) > 20;
  const line = (mark: object, best: boolean): object => ({
    transform: [{ filter: `datum.chosen === ${best}` }],
    mark: { type: 'line', ...mark },
    encoding: {
      x: { field: 'step', type: 'quantitative', title: 'step', axis: { format: '~s' } },
      y: {
        field: 'value',
        type: 'quantitative',
        title: objective.metric,
        scale: log ? { type: 'log' } : { zero: false },
      },
      detail: { field: 'run' },
    },
  });
  return [
    {
      id: 'objective-curves',
      title: 'The objective while training',
      caption: `A line for each of ${drawn.length} runs; the chosen trial in orange.`,
      vegaLite: {
        data: { values },
        layer: [
          line({ strokeWidth: 1.25, opacity: 0.45 }, false),
          line({ strokeWidth: 2.5, color: palette[1] }, true),
        ],
      },
    },
  ];
}
