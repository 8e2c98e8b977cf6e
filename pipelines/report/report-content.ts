// Everything a report says about a run, gathered from its directory, before it becomes HTML or Markdown.
import { readFile } from 'node:fs/promises';
import type { Domain, Figure, Plot } from '../../domains/domain.ts';
import { configYaml } from '../config/config-file.ts';
import { type EnsembleRecord, readEnsemble } from '../ensemble/ensemble-record.ts';
import { type DataRecord, dataRecordSchema } from '../run-directory/data-record.ts';
import { type Environment, environmentSchema } from '../run-directory/environment.ts';
import { readJson } from '../run-directory/json-file.ts';
import { readMetrics } from '../run-directory/metrics-log.ts';
import { modelIds, onnxPath } from '../run-directory/model-store.ts';
import { evaluationSchema, type Results, resultsSchema } from '../run-directory/results.ts';
import type { RunStatus } from '../run-directory/run-status.ts';
import type { Run } from '../stages/run.ts';
import { quoted, reproduceCommand } from './reproduce.ts';
import { trainingCurves } from './training-curves.ts';

export interface ReportContent {
  readonly domain: Domain;
  readonly status: RunStatus;
  readonly results: Results;
  readonly figures: readonly Figure[];
  readonly plots: readonly Plot[];
  readonly curves: readonly Plot[];
  readonly data: DataRecord;
  readonly environment: Environment;
  /** config.yaml with its comments. */
  readonly config: string;
  readonly networks: readonly { readonly id: string; readonly bytes: number; readonly primary: boolean }[];
  /** What an ensemble was made of. */
  readonly ensemble?: EnsembleRecord;
  /** The command that makes the run again. */
  readonly command: string;
  /** The run directory as it was named. */
  readonly run: string;
}

export async function gatherReport({ paths, domain, config, status }: Run): Promise<ReportContent> {
  const again = 'evaluate the run again';
  const results = await readJson(paths.results, resultsSchema, again);
  const evaluation = await readJson(paths.evaluation, evaluationSchema, again);
  const ensemble = await readEnsemble(paths);
  const ids = await modelIds(paths);
  const networks = [];
  for (const id of ids) {
    const { length: bytes } = await readFile(onnxPath(paths, id));
    networks.push({ id, bytes, primary: id === domain.primaryModel(ids) });
  }
  return {
    domain,
    status,
    results,
    figures: results.figures,
    plots: await domain.figures(evaluation, config),
    curves: trainingCurves(readMetrics(paths.metrics)),
    data: await readJson(paths.data, dataRecordSchema, 'start a new run'),
    environment: await readJson(paths.environment, environmentSchema, 'start a new run'),
    config: configYaml(domain, config),
    networks,
    ...(ensemble && { ensemble }),
    command:
      ensemble === undefined
        ? await reproduceCommand(domain, status, config)
        : ['npx', 'deepfield', 'ensemble', ...ensemble.words].map(quoted).join(' '),
    run: paths.root,
  };
}
