// The runs that a thread has open: their settings and networks, kept from request to request. Those that were used longest ago
// are closed when there are too many.
import type { Domain, Evaluation } from '../../domains/domain.ts';
import type { Registry } from '../../domains/registry.ts';
import { readJson } from '../../pipelines/run-directory/json-file.ts';
import { runLayout } from '../../pipelines/run-directory/layout.ts';
import { evaluationSchema } from '../../pipelines/run-directory/results.ts';
import type { OpenedModels } from '../../pipelines/stages/open-models.ts';
import { openRun, type Run, requireStage } from '../../pipelines/stages/run.ts';
import type { RunReference } from './task.ts';

export interface ServedRun {
  readonly run: Run;
  readonly domain: Domain;
  readonly config: unknown;
  readonly models: OpenedModels;
  /** Read when it is first asked for; undefined where the run is not evaluated. */
  evaluation(): Promise<Evaluation | undefined>;
}

function evaluationOf({ status, paths }: Run): () => Promise<Evaluation | undefined> {
  let read: Promise<Evaluation> | undefined;
  return async () => {
    if (status.finished.evaluate === undefined) return undefined;
    read ??= readJson(paths.evaluation, evaluationSchema, 'evaluate the run again');
    return read;
  };
}

export type OpenNetworks = (paths: Run['paths'], threads?: number) => Promise<OpenedModels>;

export class OpenRuns {
  private readonly opened = new Map<string, { readonly stamp: string; readonly run: ServedRun }>();

  constructor(
    private readonly registry: Registry,
    private readonly openNetworks: OpenNetworks,
    /** Threads of one network. */
    readonly threads: number,
    private readonly most = 8,
  ) {}

  /** @throws UserError when the files are no run's, or of one that is not trained yet */
  async get({ root, stamp }: RunReference): Promise<ServedRun> {
    const known = this.opened.get(root);
    this.opened.delete(root);
    if (known?.stamp === stamp) {
      this.opened.set(root, known);
      return known.run;
    }
    await known?.run.models.close();
    const run = await openRun(runLayout(root), this.registry);
    requireStage(run, 'train');
    const models = await this.openNetworks(run.paths, this.threads);
    const served = { run, domain: run.domain, config: run.config, models, evaluation: evaluationOf(run) };
    this.opened.set(root, { stamp, run: served });
    for (const [oldest, { run: old }] of this.opened) {
      if (this.opened.size <= this.most) break;
      this.opened.delete(oldest);
      await old.models.close();
    }
    return served;
  }
}
