// Training curves from metrics.jsonl: one plot for each metric, a line for each network, dashed for validation. Reads
// lines such as {"model": "L10", "step": 200, "loss": 0.31, "validationLoss": 0.34} and makes no other demand on them.
import type { Plot } from '../../domains/domain.ts';
import type { MetricsLine } from '../run-directory/metrics-log.ts';

/** Points on one line: more cannot be seen. */
const mostPoints = 300;

/** Numbers of a line that are no metric of the network. */
const bookkeeping = new Set(['step', 'epoch', 'seed', 'seconds', 'time', 'stepsPerSecond', 'learningRate']);

interface Point {
  readonly model: string;
  readonly on: 'training' | 'validation';
  readonly step: number;
  readonly value: number;
}

/** `validationLoss` as metric `loss` on validation data. */
function split(key: string): { metric: string; on: Point['on'] } {
  const match = /^(?:validation|val)_?(.+)$/.exec(key);
  if (match === null) return { metric: key, on: 'training' };
  return { metric: match[1][0].toLowerCase() + match[1].slice(1), on: 'validation' };
}

function pointsByMetric(lines: readonly MetricsLine[]): Map<string, Map<string, Point[]>> {
  const metrics = new Map<string, Map<string, Point[]>>();
  for (const line of lines) {
    const step = line.step ?? line.epoch;
    if (typeof step !== 'number') continue;
    const model = typeof line.model === 'string' ? line.model : 'network';
    for (const [key, value] of Object.entries(line)) {
      // Rates of a second network go by `discriminator/learningRate`.
      if (typeof value !== 'number' || bookkeeping.has(key.slice(key.lastIndexOf('/') + 1))) continue;
      const { metric, on } = split(key);
      const series = metrics.get(metric) ?? new Map<string, Point[]>();
      metrics.set(metric, series);
      const name = `${model} ${on}`;
      const points = series.get(name) ?? [];
      series.set(name, points);
      points.push({ model, on, step, value });
    }
  }
  return metrics;
}

/** Every n-th point and the last. */
function thin(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / mostPoints);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
}

const collator = new Intl.Collator('en', { numeric: true });

function curve(metric: string, series: ReadonlyMap<string, readonly Point[]>): Plot {
  const values = [...series.values()].flatMap(thin);
  const models = [...new Set(values.map(({ model }) => model))].sort(collator.compare);
  const both = new Set(values.map(({ on }) => on)).size === 2;
  const many = models.length > 10;
  const color = {
    field: 'model',
    type: 'nominal',
    sort: models,
    title: null,
    legend: many || models.length === 1 ? null : {},
    ...(models.length > 6 && { scale: { scheme: 'viridis' } }),
  };
  const dash = { field: 'on', type: 'nominal', sort: ['training', 'validation'], legend: null };
  return {
    id: `training-${metric.replace(/[^A-Za-z0-9]+/g, '-')}`,
    title: `Training: ${metric}`,
    caption: `${models.length === 1 ? 'One network' : `${models.length} networks`}${both ? '; dashed: validation data' : ''}.`,
    vegaLite: {
      data: { values },
      mark: { type: 'line', strokeWidth: 1.75, opacity: many ? 0.6 : 0.9 },
      encoding: {
        x: { field: 'step', type: 'quantitative', title: 'step', axis: { format: '~s' } },
        y: { field: 'value', type: 'quantitative', title: metric, scale: { zero: false } },
        color,
        detail: [{ field: 'model' }],
        ...(both && { strokeDash: dash }),
      },
    },
  };
}

/** The plots of a run's training, in the order in which metrics first stand in the file; none without metrics. */
export function trainingCurves(lines: readonly MetricsLine[]): Plot[] {
  return [...pointsByMetric(lines)].map(([metric, series]) => curve(metric, series));
}
