// A study's run without a run directory: sample, train, evaluate, at a size that takes seconds.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceModel } from '../../../../core/engine/inference.ts';
import { silent } from '../../../../core/progress.ts';
import { RandomStream } from '../../../../core/random.ts';
import type { Parts } from '../../../../data-adapters/dataset.ts';
import type { Models, SavedModel } from '../../../../domains/domain.ts';
import type { PhasesConfig } from '../../../../domains/phases-of-matter/config.ts';
import { domain } from '../../../../domains/phases-of-matter/index.ts';

export type MetricsLine = Readonly<Record<string, unknown>>;

export const contextOf = (config: PhasesConfig, signal = new AbortController().signal) => ({
  config,
  seed: 1,
  random: new RandomStream(1),
  device: 'cpu',
  threads: 1,
  progress: silent,
  signal,
  log: () => {},
  openPart: () => Promise.reject(new Error('these data are kept in memory')),
  folder: tmpdir(),
});

/** A run that may be trained in several goes. */
export class TinyRun {
  readonly saved = new Map<string, SavedModel>();
  lines: MetricsLine[] = [];

  private constructor(
    readonly parts: Parts,
    private readonly config: PhasesConfig,
    private readonly folder: string,
  ) {}

  static async sample(config: PhasesConfig): Promise<TinyRun> {
    const folder = await mkdtemp(join(tmpdir(), 'deepfield-study-'));
    return new TinyRun(await domain.simulate(contextOf(config)), config, folder);
  }

  /** Trains what is not trained yet; stops when `stopAt` is true of a line of history. */
  async train(stopAt: (line: MetricsLine) => boolean = () => false): Promise<void> {
    const stop = new AbortController();
    await domain.train(this.parts, {
      ...contextOf(this.config, stop.signal),
      checkpointDirectory: (id) => join(this.folder, id),
      record: (line) => {
        this.lines.push(line);
        if (stopAt(line)) stop.abort(new Error('stopped'));
      },
      rewind: (keep) => {
        this.lines = this.lines.filter(keep);
      },
      hasModel: (id) => this.saved.has(id),
      saveModel: async (id, model) => {
        this.saved.set(id, model);
      },
    });
  }

  async models(): Promise<Models> {
    const opened = new Map<string, InferenceModel>();
    for (const [id, { onnx }] of this.saved) opened.set(id, await InferenceModel.open(onnx, id));
    return {
      ids: [...this.saved.keys()],
      metadata: async () => ({}),
      run: (id, inputs) => opened.get(id)!.run(inputs),
    };
  }

  async evaluate() {
    return domain.evaluate(this.parts, { ...contextOf(this.config), models: await this.models() });
  }
}
