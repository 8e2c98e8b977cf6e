// A run of MLflow that shows what stands in a run directory. The directory is the source: each call sends what was not sent yet, and
// mlflow.json says how far that is, so that whoever goes on with the run goes on with the same one of MLflow.
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { type ConfigTree, differences } from '../config/config-tree.ts';
import { readJson, writeJson } from '../run-directory/json-file.ts';
import { metricPoints, plainNames } from '../run-directory/metric-points.ts';
import { readMetrics } from '../run-directory/metrics-log.ts';
import { resultsSchema } from '../run-directory/results.ts';
import type { Run } from '../stages/run.ts';
import { type MlflowClient, MlflowError, type MlflowMetric, type MlflowStatus } from './mlflow-client.ts';

const sentSchema = z.object({
  version: z.literal(1),
  server: z.string(),
  experiment: z.string(),
  /** Its id there. */
  run: z.string(),
  /** Whether its parameters are there. */
  parameters: z.boolean(),
  /** The greatest step of each network that is there. */
  steps: z.record(z.string(), z.number()),
  /** When the results that are there were measured. */
  results: z.string().optional(),
});
type Sent = z.infer<typeof sentSchema>;

/** Limits of one `log-batch`, and of a value in the oldest servers. */
const [mostMetrics, mostParameters, longestValue] = [1000, 100, 500];

function parameters({ config, status }: Run): { key: string; value: string }[] {
  const { preset, seed, source } = status;
  const all: [string, unknown][] = [
    ...Object.entries({ preset, seed, source: source ?? 'simulation' }),
    ...differences({}, config as ConfigTree),
  ];
  return all.map(([path, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    // An empty value is taken for none.
    return { key: path.replace(/[^\w.\- /]/g, '_'), value: text.slice(0, longestValue) || '""' };
  });
}

export class RunMirror {
  private sent: Sent | undefined;

  /** @param experiment its name */
  constructor(
    private readonly run: Run,
    private readonly client: MlflowClient,
    private readonly experiment: string,
  ) {}

  private async keep(sent: Sent): Promise<void> {
    this.sent = sent;
    await writeJson(this.run.paths.mlflow, sent);
  }

  /** The run of MLflow: the one that was sent to before, or a new one. */
  private async open(signal: AbortSignal): Promise<Sent> {
    if (this.sent !== undefined) return this.sent;
    const { client, experiment } = this;
    const { paths, status } = this.run;
    if (existsSync(paths.mlflow)) {
      const before = await readJson(paths.mlflow, sentSchema, 'delete the file');
      if (before.server === client.address && before.experiment === experiment) {
        try {
          await client.updateRun({ run_id: before.run, status: 'RUNNING' }, signal);
          this.sent = before;
          return before;
        } catch (error) {
          // Somebody has deleted it there.
          if (!(error instanceof MlflowError) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
        }
      }
    }
    const run = await client.createRun(
      {
        experiment_id: await client.experiment(experiment, signal),
        run_name: basename(resolve(paths.root)),
        start_time: Date.parse(status.created),
        tags: [
          { key: 'mlflow.source.name', value: 'deepfield' },
          { key: 'deepfield.domain', value: status.domain },
          { key: 'deepfield.run', value: resolve(paths.root) },
        ],
      },
      signal,
    );
    const sent = { server: client.address, experiment, run, parameters: false, steps: {} };
    await this.keep({ version: 1, ...sent });
    return this.sent!;
  }

  private async sendParameters(sent: Sent, signal: AbortSignal): Promise<void> {
    if (sent.parameters) return;
    const all = parameters(this.run);
    for (let i = 0; i < all.length; i += mostParameters) {
      await this.client.logBatch({ run_id: sent.run, params: all.slice(i, i + mostParameters) }, signal);
    }
    await this.keep({ ...sent, parameters: true });
  }

  /** A run that is resumed takes the same steps again, with the same values: a step is sent once. */
  private async sendMetrics(sent: Sent, signal: AbortSignal): Promise<void> {
    const points = metricPoints(readMetrics(this.run.paths.metrics));
    const names = plainNames(new Set(points.map(({ model }) => model)));
    const fresh = points.filter(({ model, step }) => step > (sent.steps[model] ?? Number.NEGATIVE_INFINITY));
    const timestamp = Date.now();
    const steps = { ...sent.steps };
    for (let i = 0; i < fresh.length; ) {
      let end = Math.min(i + mostMetrics, fresh.length);
      // The metrics of one line go together, so that a step is there or not.
      const sameLine = (k: number): boolean =>
        fresh[k]?.model === fresh[k - 1].model && fresh[k].step === fresh[k - 1].step;
      while (end < fresh.length && end > i + 1 && sameLine(end)) end--;
      const batch = fresh.slice(i, end);
      const metrics = batch.map(({ model, name, step, value }): MlflowMetric => {
        const key = `${names.get(model)}/${name.replace(/[^\w.\- /]/g, '_')}`;
        return { key, value, timestamp, step: Math.round(step) };
      });
      await this.client.logBatch({ run_id: sent.run, metrics }, signal);
      for (const { model, step } of batch) steps[model] = Math.max(steps[model] ?? step, step);
      await this.keep({ ...(this.sent ?? sent), steps: { ...steps } });
      i = end;
    }
  }

  private async sendResults(sent: Sent, signal: AbortSignal): Promise<void> {
    const { paths, status } = this.run;
    const measured = status.finished.evaluate;
    if (measured === undefined || measured === sent.results || !existsSync(paths.results)) return;
    const { figures } = await readJson(paths.results, resultsSchema, 'evaluate the run again');
    const timestamp = Date.parse(measured);
    const metrics = figures.flatMap(({ id, value, low, high }) =>
      Object.entries({ '': value, '.low': low, '.high': high }).map(([end, number]) => ({
        ...{ key: `figures/${id}${end}`, value: number, timestamp, step: 0 },
      })),
    );
    for (let i = 0; i < metrics.length; i += mostMetrics) {
      await this.client.logBatch({ run_id: sent.run, metrics: metrics.slice(i, i + mostMetrics) }, signal);
    }
    await this.keep({ ...sent, results: measured });
  }

  /** Sends what was not sent yet. */
  async send(signal: AbortSignal): Promise<void> {
    await this.sendParameters(await this.open(signal), signal);
    await this.sendMetrics(await this.open(signal), signal);
    await this.sendResults(await this.open(signal), signal);
  }

  /** Sends the rest, and how it ended. */
  async end(status: Exclude<MlflowStatus, 'RUNNING'>, signal: AbortSignal): Promise<void> {
    await this.send(signal);
    const { run } = await this.open(signal);
    await this.client.updateRun({ run_id: run, status, end_time: Date.now() }, signal);
  }
}
