// metrics.jsonl as numbers: one point for each metric of each line, for programs that draw them elsewhere.
import type { MetricsLine } from './metrics-log.ts';

export interface MetricPoint {
  /** The network; `network` where a line names none. */
  readonly model: string;
  /** `validationLoss` */
  readonly name: string;
  readonly step: number;
  readonly value: number;
}

/** Places on the axis, and no metrics. */
const places = new Set(['step', 'epoch']);

/** All points, line by line. What is no finite number is left out: NaN and infinity stand as null in the file. */
export function metricPoints(lines: readonly MetricsLine[]): MetricPoint[] {
  return lines.flatMap((line) => {
    const step = line.step ?? line.epoch;
    if (typeof step !== 'number') return [];
    const model = typeof line.model === 'string' ? line.model : 'network';
    return Object.entries(line).flatMap(([name, value]) =>
      typeof value === 'number' && !places.has(name) ? [{ model, name, step, value }] : [],
    );
  });
}

/** Networks by a name of letters, digits, '.', '_' and '-', which every system takes, each another. */
export function plainNames(models: Iterable<string>): Map<string, string> {
  const named = new Map<string, string>();
  for (const model of models) {
    const stem = model.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._]+/, '') || 'network';
    let name = stem;
    for (let n = 2; [...named.values()].includes(name); n++) name = `${stem}-${n}`;
    named.set(model, name);
  }
  return named;
}
