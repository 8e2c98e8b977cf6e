// A run without a run directory, for domains at sizes that take seconds: trained in one go or several, its networks opened from what
// was saved.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceModel } from '../../core/engine/inference.ts';
import { silent } from '../../core/progress.ts';
import { RandomStream } from '../../core/random.ts';
import type { Dataset, Parts } from '../../data-adapters/dataset.ts';
import type { StoredDataset } from '../../data-adapters/stored/stored-dataset.ts';
import type { Domain, Models, SavedModel } from '../../domains/domain.ts';

/** What a stage is given. */
export const contextOf = <Config>(config: Config, seed = 1, signal = new AbortController().signal) => ({
  config,
  seed,
  random: new RandomStream(seed),
  device: 'cpu',
  threads: 1,
  progress: silent,
  signal,
  log: () => {},
  openPart: () => Promise.reject(new Error('these data are kept in memory')),
  folder: tmpdir(),
});

/** Networks by id as a run has them. */
export async function modelsOf(files: Iterable<readonly [id: string, onnx: Uint8Array]>): Promise<Models> {
  const opened = new Map<string, InferenceModel>();
  for (const [id, onnx] of files) opened.set(id, await InferenceModel.open(onnx, id));
  return {
    ids: [...opened.keys()],
    metadata: async (id) => opened.get(id)!.metadata,
    run: (id, inputs) => opened.get(id)!.run(inputs),
  };
}

/** A line of metrics.jsonl. */
export type HistoryLine = Readonly<Record<string, unknown>>;

export class InMemoryTraining<Config, Part extends Dataset | StoredDataset = Dataset> {
  readonly saved = new Map<string, SavedModel>();
  lines: HistoryLine[] = [];
  private folder: string | undefined;

  constructor(
    // biome-ignore lint/suspicious/noExplicitAny: requests of every domain
    private readonly domain: Domain<Config, any, any, Part>,
    readonly parts: Parts<Part>,
    protected readonly config: Config,
    private readonly seed = 1,
  ) {}

  /** Trains what is not trained yet; stops when `stopAt` is true of a line of history. */
  async train(stopAt: (line: HistoryLine) => boolean = () => false): Promise<void> {
    this.folder ??= await mkdtemp(join(tmpdir(), 'deepfield-training-'));
    const folder = this.folder;
    const stop = new AbortController();
    await this.domain.train(this.parts, {
      ...contextOf(this.config, this.seed, stop.signal),
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

  /** The networks that were saved, in the order of their training. */
  async models(): Promise<Models> {
    return modelsOf([...this.saved].map(([id, { onnx }]) => [id, onnx] as const));
  }
}
