// A run for TensorBoard: a folder of event files for each network, so that the networks' curves of one metric lie in one plot, and one
// file beside them with settings and results as text. metrics.jsonl stays the source: the same export again writes the same bytes.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import { type ConfigTree, differences } from '../config/config-tree.ts';
import { readJson } from '../run-directory/json-file.ts';
import { type MetricPoint, metricPoints, plainNames } from '../run-directory/metric-points.ts';
import { readMetrics } from '../run-directory/metrics-log.ts';
import { resultsSchema } from '../run-directory/results.ts';
import type { Run } from '../stages/run.ts';
import { scalarEvent, textEvent, versionEvent } from './events.ts';

/** Rows as a table of Markdown. */
function markdown(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown): string => String(value).replace(/[|\\]/g, '\\$&').replace(/\s+/g, ' ');
  const row = (cells: readonly unknown[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('');
}

async function texts({ config, paths, status }: Run): Promise<[tag: string, text: string][]> {
  const { domain, preset, seed, device, source } = status;
  const settings = [
    ...Object.entries({ domain, preset, seed, device, source: source ?? 'simulation' }),
    ...differences({}, config as ConfigTree).map(([path, value]) => [path, JSON.stringify(value)]),
  ];
  const told: [string, string][] = [['settings', markdown(['setting', 'value'], settings)]];
  if (existsSync(paths.results)) {
    const { figures } = await readJson(paths.results, resultsSchema, 'evaluate the run again');
    const rows = figures.map(({ label, value, low, high, level, unit = '' }) => [
      ...[label, value, low, high, level, unit],
    ]);
    told.push(['results', markdown(['figure', 'value', 'low', 'high', 'level', 'unit'], rows)]);
  }
  return told;
}

/** One event for each step. */
function* events(points: readonly MetricPoint[], wallTime: number): Generator<Uint8Array> {
  yield versionEvent(wallTime);
  for (let i = 0; i < points.length; ) {
    const { step } = points[i];
    let end = i;
    while (end < points.length && points[end].step === step) end++;
    const values = points.slice(i, end).map(({ name, value }) => ({ tag: name, value }));
    yield scalarEvent(wallTime, Math.round(step), values);
    i = end;
  }
}

/**
 * Writes the event files of a run into a folder.
 *
 * @returns the files written
 * @throws UserError when the run has no metrics yet
 */
export async function exportEvents(run: Run, folder: string): Promise<string[]> {
  const points = metricPoints(readMetrics(run.paths.metrics));
  if (points.length === 0) {
    throw new UserError({
      what: 'it has no metrics of a training',
      where: run.paths.metrics,
      how: 'train it first',
    });
  }
  // Lines of metrics.jsonl have a step and no time.
  const wallTime = Math.floor(Date.parse(run.status.created) / 1000);
  const written: string[] = [];
  const write = async (at: string, content: Iterable<Uint8Array>): Promise<void> => {
    await mkdir(at, { recursive: true });
    const path = join(at, `events.out.tfevents.${wallTime}.deepfield`);
    await writeFileAtomic(path, content);
    written.push(path);
  };
  const told = await texts(run);
  await write(folder, [versionEvent(wallTime), ...told.map(([tag, text]) => textEvent(wallTime, tag, text))]);
  const models = new Map<string, MetricPoint[]>();
  for (const point of points) {
    const own = models.get(point.model);
    if (own === undefined) models.set(point.model, [point]);
    else own.push(point);
  }
  for (const [model, name] of plainNames(models.keys())) {
    await write(join(folder, name), events(models.get(model) ?? [], wallTime));
  }
  return written;
}
