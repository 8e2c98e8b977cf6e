// A galaxies run without a run directory: simulated, trained in one go or several, evaluated, at a size that takes seconds.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceModel } from '../../../core/engine/inference.ts';
import { silent } from '../../../core/progress.ts';
import { RandomStream } from '../../../core/random.ts';
import type { Parts } from '../../../data-adapters/dataset.ts';
import type { Models, SavedModel } from '../../../domains/domain.ts';
import type { GalaxiesConfig } from '../../../domains/galaxies/config.ts';
import { domain } from '../../../domains/galaxies/index.ts';

export const contextOf = (config: GalaxiesConfig, signal = new AbortController().signal) => ({
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

export type HistoryLine = Readonly<Record<string, unknown>>;

/** Training that may be done in several goes. */
export class TinyTraining {
  readonly saved = new Map<string, SavedModel>();
  lines: HistoryLine[] = [];
  private folder: string | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly config: GalaxiesConfig,
  ) {}

  /** Trains what is not trained yet; stops when `stopAt` is true of a line of history. */
  async train(stopAt: (line: HistoryLine) => boolean = () => false): Promise<void> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'deepfield-galaxies-'));
    const folder = this.folder;
    const stop = new AbortController();
    await domain.train(this.parts, {
      ...contextOf(this.config, stop.signal),
      checkpointDirectory: (id) => join(folder, id),
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
}
