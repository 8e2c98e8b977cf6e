// The loop that every training in the house runs: batches in, variables out; validation, early stopping, schedules,
// checkpoints, history and progress on the way. It knows steps, not networks: fit.ts and adversarial.ts bring those.
// Randomness comes from the batch source's stream and the program's step counter alone, so that a run which is killed and
// resumed ends with the same bits.
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine, Feeds, InputSpecs, Program, Step } from '../engine/program.ts';
import type { TensorData } from '../engine/tensor-data.ts';
import { type Progress, silent } from '../progress.ts';
import type { BatchSource } from './batch-source.ts';
import { CheckpointFolder, restore, snapshot, type TrainingPosition } from './checkpoint.ts';
import { divergence } from './divergence.ts';
import { type BestSoFar, type EarlyStoppingOptions, judge } from './early-stopping.ts';
import type { Objective } from './objective.ts';
import type { NamedVariables } from './optimizers/optimizer.ts';
import { padBatch } from './pad-batch.ts';
import { constantRate, type Moment, type Schedule } from './schedules.ts';

/** One line of history: an evaluation, at the end of a pass or every so many steps. */
export interface HistoryEntry {
  readonly step: number;
  readonly epoch: number;
  /** Mean training loss since the entry before. */
  readonly loss: number;
  /** Means of whatever else the step answers. */
  readonly parts?: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, number>>;
  readonly validation?: Readonly<Record<string, number>>;
}

export interface LoopOptions {
  readonly engine: Engine;
  /**
   * Shape and type of one row of each input; `weight` is added. A dimension of -1 is the `length` that each batch brings
   * with it; a program is compiled for each length when it is first met.
   */
  readonly inputs: InputSpecs;
  readonly train: BatchSource;
  readonly validation?: BatchSource;
  /** Validation metrics that are no mean over rows (an AUC), from the numbers that the evaluation answers for each row. */
  readonly rowMetrics?: (rows: Readonly<Record<string, Float32Array>>) => Readonly<Record<string, number>>;
  readonly batchSize: number;
  /** Passes over the training rows; give either this or `steps`. */
  readonly epochs?: number;
  readonly steps?: number;
  /** Steps between evaluations; the end of each pass when left out. */
  readonly evaluateEvery?: number;
  /** Rates over time, by the optimiser's names; those left out stay at the optimiser's own value. */
  readonly schedules?: Readonly<Record<string, Schedule>>;
  /** Needs `validation`. The best weights are the ones kept. */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Steps in one call of the program. Default 1. */
  readonly stepsPerCall?: number;
  /** Folder for `last` and `best`; training goes on from what stands there. */
  readonly checkpoints?: string;
  /** Seconds between checkpoints. Default 20. One is also written at every evaluation and when stopped. */
  readonly checkpointSeconds?: number;
  readonly progress?: Progress;
  /** Name in the progress bar and in messages. */
  readonly label?: string;
  /** Stops after the step at hand, with a checkpoint, by throwing `signal.reason`. */
  readonly signal?: AbortSignal;
  readonly onHistory?: (entry: HistoryEntry) => void;
  /** Called before training goes on from a checkpoint, with the steps it holds. */
  readonly onResume?: (step: number) => void;
}

export interface TrainingResult {
  readonly steps: number;
  readonly stoppedEarly: boolean;
  readonly best?: BestSoFar;
}

/** What is trained. */
export interface TrainingTask {
  /** Who asks, in errors. */
  readonly who: string;
  /** What training is for: the best ones are kept. */
  readonly weights: NamedVariables;
  /** State of the optimisers; freed at the end. */
  readonly slots: NamedVariables;
  /** Rates that the step takes, with their values when no schedule says otherwise. */
  readonly rates: Readonly<Record<string, number>>;
  /** Takes the batch and the rates; answers `loss` and perhaps other means. */
  readonly training: Step;
  /** Takes the batch; answers what {@link evaluationAnswers} makes of an objective. */
  readonly evaluation: Step;
}

/** Before the names of numbers [rows] among the answers of an evaluation. */
const rowsPrefix = 'rows/';

/** What an evaluation answers: loss, metrics and, where they are wanted, numbers for each row. */
export function evaluationAnswers(
  { loss, metrics, rows }: ReturnType<Objective>,
  withRows: boolean,
): Readonly<Record<string, Tensor>> {
  const named = Object.entries(rows ?? {}).map(([name, tensor]) => [`${rowsPrefix}${name}`, tensor]);
  return { loss, ...metrics, ...Object.fromEntries(withRows ? named : []) };
}

/**
 * Trains until `epochs`, `steps` or early stopping ends it. The task's variables hold the result.
 *
 * @throws UserError when the loss is no longer a number, when a checkpoint does not fit, or nothing is left to train on
 * @throws the signal's reason when stopped
 */
export async function train(task: TrainingTask, options: LoopOptions): Promise<TrainingResult> {
  const loop = await TrainingLoop.open(task, options);
  try {
    return await loop.run();
  } finally {
    await loop.close();
  }
}

/** The step of training, compiled for batches of one shape. */
interface Steps {
  readonly single: Program;
  grouped?: Program;
}

class TrainingLoop {
  private step = 0;
  private epoch = 0;
  private batch = 0;
  private lossSum = 0;
  private parts: Record<string, number> = {};
  private rowSum = 0;
  private best: BestSoFar | undefined;
  private bestWeights: Record<string, TensorData> | undefined;
  private done = false;
  private savedAt = performance.now();
  private readonly steps = new Map<number | undefined, Steps>();
  private readonly evaluations = new Map<number | undefined, Program>();

  private constructor(
    private readonly task: TrainingTask,
    private readonly options: LoopOptions,
    private readonly totalSteps: number,
    private readonly schedules: Readonly<Record<string, Schedule>>,
    private readonly folder: CheckpointFolder | undefined,
  ) {}

  static async open(task: TrainingTask, options: LoopOptions): Promise<TrainingLoop> {
    const { train: source, batchSize, epochs, steps, earlyStopping, validation, checkpoints } = options;
    const { who, rates } = task;
    if (source.size === 0) throw new RangeError(`${who}: there are no training rows`);
    if ((epochs === undefined) === (steps === undefined))
      throw new RangeError(`${who}: give either epochs or steps`);
    if (earlyStopping && !validation) throw new RangeError(`${who}: early stopping needs validation rows`);
    const totalSteps = steps ?? epochs! * Math.ceil(source.size / batchSize);
    const schedules = Object.fromEntries(
      Object.entries(rates).map(([name, value]) => [name, options.schedules?.[name] ?? constantRate(value)]),
    );
    const folder = checkpoints === undefined ? undefined : new CheckpointFolder(checkpoints);
    const loop = new TrainingLoop(task, options, totalSteps, schedules, folder);
    await loop.resume();
    if (loop.openLength && (options.stepsPerCall ?? 1) > 1)
      throw new RangeError(`${who}: several steps a call need rows of one shape`);
    if (!loop.openLength) {
      await loop.stepsFor(undefined);
      if (validation) await loop.evaluationFor(undefined);
    }
    return loop;
  }

  private get state(): NamedVariables {
    return { ...this.task.weights, ...this.task.slots };
  }

  private async resume(): Promise<void> {
    const position = await this.folder?.readLast(this.state);
    if (!position) return;
    Object.assign(this, position);
    // Said anew, so that what ended at fewer steps goes on to more.
    const { earlyStopping } = this.options;
    const patient = !earlyStopping || !this.best || this.best.waited < earlyStopping.patience;
    this.done = this.step >= this.totalSteps || !patient;
    this.options.onResume?.(this.step);
  }

  /** Whether a shape is left open, for each batch to say. */
  private get openLength(): boolean {
    return Object.values(this.options.inputs).some(({ shape }) => shape.includes(-1));
  }

  /** Shapes of a batch of the given length. */
  private specsOf(length: number | undefined): Record<string, InputSpecs[string]> {
    const { inputs, batchSize } = this.options;
    if (this.openLength && length === undefined)
      throw new RangeError(`${this.task.who}: a batch has no length, which the inputs leave open`);
    const specs: Record<string, InputSpecs[string]> = { weight: { shape: [batchSize] } };
    for (const [name, spec] of Object.entries(inputs))
      specs[name] = { ...spec, shape: [batchSize, ...spec.shape.map((n) => (n === -1 ? length! : n))] };
    return specs;
  }

  /** The step for batches of a length, by itself and several in a call. */
  private async stepsFor(length: number | undefined): Promise<Steps> {
    const known = this.steps.get(length);
    if (known !== undefined) return known;
    const { engine, stepsPerCall = 1, label = this.task.who } = this.options;
    const rates = Object.fromEntries(Object.keys(this.schedules).map((name) => [name, { shape: [] }]));
    const all = { ...this.specsOf(length), ...rates };
    const steps: Steps = { single: await engine.compile(this.task.training, all, { name: label }) };
    if (stepsPerCall > 1)
      steps.grouped = await engine.compile(this.task.training, all, { name: label, stepsPerCall });
    this.steps.set(length, steps);
    return steps;
  }

  private async evaluationFor(length: number | undefined): Promise<Program> {
    const known = this.evaluations.get(length);
    if (known !== undefined) return known;
    const { engine, label = this.task.who } = this.options;
    const name = `${label} validation`;
    const evaluation = await engine.compile(this.task.evaluation, this.specsOf(length), { name });
    this.evaluations.set(length, evaluation);
    return evaluation;
  }

  async run(): Promise<TrainingResult> {
    const { progress = silent, label = 'training', train, batchSize, engine } = this.options;
    const bar = progress.task(label, this.totalSteps, 'steps');
    bar.advance(this.step);
    const perEpoch = Math.ceil(train.size / batchSize);
    try {
      while (!this.done) {
        let group: Feeds[] = [];
        let rows: number[] = [];
        for await (const batch of train.epoch({ epoch: this.epoch, batchSize, skip: this.batch })) {
          const { single, grouped } = await this.stepsFor(batch.length);
          group.push({ ...padBatch(batch, batchSize), ...this.rates(group.length) });
          rows.push(batch.rows);
          const left = Math.min(this.totalSteps - this.step, perEpoch - this.batch, this.untilEvaluation());
          const wanted = grouped && left >= grouped.stepsPerCall ? grouped.stepsPerCall : 1;
          if (group.length < wanted) continue;
          const loss = await this.call(group.length === 1 ? single : grouped!, group, rows);
          bar.advance(group.length, { loss });
          group = [];
          rows = [];
          if (this.batch === perEpoch) break;
          await this.afterCall(false);
          if (this.done) break;
        }
        if (this.done) break;
        if (this.batch < perEpoch) {
          throw new RangeError(
            `${this.task.who}: the source promised ${perEpoch} batches a pass and gave ${this.batch + group.length}`,
          );
        }
        await this.endEpoch();
      }
    } finally {
      bar.end();
    }
    await engine.pull();
    if (this.best) await this.keepBest();
    return { steps: this.step, stoppedEarly: this.step < this.totalSteps, best: this.best };
  }

  private untilEvaluation(): number {
    const { evaluateEvery } = this.options;
    return evaluateEvery === undefined
      ? Number.POSITIVE_INFINITY
      : evaluateEvery - (this.step % evaluateEvery);
  }

  private rates(ahead: number): Record<string, number> {
    const moment: Moment = { step: this.step + ahead, epoch: this.epoch, totalSteps: this.totalSteps };
    return Object.fromEntries(
      Object.entries(this.schedules).map(([name, schedule]) => [name, schedule(moment)]),
    );
  }

  private async call(program: Program, group: readonly Feeds[], rows: readonly number[]): Promise<number> {
    program.step = this.step;
    const results = await program.run(...group);
    results.forEach((result, k) => {
      for (const [name, { data }] of Object.entries(result)) this.count(name, data[0], rows[k], k);
      this.rowSum += rows[k];
    });
    this.step += group.length;
    this.batch += group.length;
    return results[results.length - 1].loss.data[0];
  }

  /** Adds up one of the answers of a step. */
  private count(name: string, value: number, rows: number, ahead: number): void {
    if (!Number.isFinite(value)) {
      const { step, epoch } = this;
      const { label } = this.options;
      throw divergence({ value, step: step + ahead + 1, epoch, rates: this.rates(ahead), label });
    }
    if (name === 'loss') this.lossSum += value * rows;
    else this.parts[name] = (this.parts[name] ?? 0) + value * rows;
  }

  /** What is due between two calls: evaluation, the end, a checkpoint, a stop. */
  private async afterCall(passEnded: boolean): Promise<void> {
    const { evaluateEvery, checkpointSeconds = 20, signal } = this.options;
    const ended = this.step >= this.totalSteps;
    const due = evaluateEvery === undefined ? passEnded : this.step % evaluateEvery === 0;
    if (due || ended) await this.evaluate();
    this.done ||= ended;
    const overdue = performance.now() - this.savedAt > checkpointSeconds * 1000;
    if (due || this.done || overdue || signal?.aborted) await this.save();
    if (signal?.aborted && !this.done) throw signal.reason;
  }

  private async endEpoch(): Promise<void> {
    this.epoch += 1;
    this.batch = 0;
    await this.afterCall(true);
  }

  private async evaluate(): Promise<void> {
    const { earlyStopping, onHistory } = this.options;
    const validation = await this.validate();
    const loss = this.lossSum / this.rowSum;
    const parts = Object.entries(this.parts).map(([name, sum]) => [name, sum / this.rowSum]);
    this.lossSum = 0;
    this.parts = {};
    this.rowSum = 0;
    onHistory?.({
      step: this.step,
      epoch: this.epoch,
      loss,
      ...(parts.length > 0 ? { parts: Object.fromEntries(parts) } : {}),
      rates: this.rates(0),
      ...(validation ? { validation } : {}),
    });
    if (!earlyStopping || !validation) return;
    this.best = judge(earlyStopping, validation, this.step, this.best);
    if (this.best.waited === 0) {
      await this.options.engine.pull();
      this.bestWeights = snapshot(this.task.weights);
      await this.folder?.writeBest(this.bestWeights, this.best);
    }
    if (this.best.waited >= earlyStopping.patience) this.done = true;
  }

  /** Weighted means over the validation rows, and what `rowMetrics` makes of all of them. */
  private async validate(): Promise<Record<string, number> | undefined> {
    const { validation, batchSize, rowMetrics } = this.options;
    if (!validation) return undefined;
    const sums: Record<string, number> = {};
    const rows: Record<string, Float32Array> = {};
    let total = 0;
    let done = 0;
    for await (const batch of validation.epoch({ epoch: 0, batchSize, skip: 0 })) {
      const feeds = padBatch(batch, batchSize);
      const weight = (feeds.weight as Float32Array).reduce((a, b) => a + b, 0);
      const evaluation = await this.evaluationFor(batch.length);
      const [results] = await evaluation.run(feeds);
      for (const [name, { data }] of Object.entries(results)) {
        if (name.startsWith(rowsPrefix)) {
          const key = name.slice(rowsPrefix.length);
          rows[key] ??= new Float32Array(validation.size);
          rows[key].set((data as Float32Array).subarray(0, batch.rows), done);
        } else sums[name] = (sums[name] ?? 0) + data[0] * weight;
      }
      total += weight;
      done += batch.rows;
    }
    const means = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / total]));
    return { ...means, ...rowMetrics?.(rows) };
  }

  private async save(): Promise<void> {
    if (this.folder) {
      await this.options.engine.pull();
      const { step, epoch, batch, lossSum, parts, rowSum, best, done } = this;
      const position: TrainingPosition = { step, epoch, batch, lossSum, parts, rowSum, best, done };
      await this.folder.writeLast(this.state, position);
    }
    this.savedAt = performance.now();
  }

  private async keepBest(): Promise<void> {
    const { weights, who } = this.task;
    if (this.bestWeights) restore(weights, this.bestWeights, this.options.label ?? who);
    else if (!(await this.folder?.readBest(weights))) return;
    await this.options.engine.push();
  }

  async close(): Promise<void> {
    for (const { single, grouped } of this.steps.values()) {
      await single.dispose();
      await grouped?.dispose();
    }
    for (const evaluation of this.evaluations.values()) await evaluation.dispose();
    for (const variable of Object.values(this.task.slots)) variable.dispose();
  }
}
