// The training loop of every supervised network in the house: batches in, variables out; validation, early stopping,
// schedules, checkpoints, history and progress on the way. Randomness comes from the batch source's stream and the
// program's step counter alone, so that a run which is killed and resumed ends with the same bits.
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Engine, Feeds, InputSpecs, Program, Step } from '../engine/program.ts';
import type { TensorData } from '../engine/tensor-data.ts';
import { namedWeights, trainableWeights } from '../models/named-weights.ts';
import { type Progress, silent } from '../progress.ts';
import type { BatchSource } from './batch-source.ts';
import { CheckpointFolder, restore, snapshot, type TrainingPosition } from './checkpoint.ts';
import { divergence } from './divergence.ts';
import { type BestSoFar, type EarlyStoppingOptions, judge } from './early-stopping.ts';
import type { Objective } from './objective.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { padBatch } from './pad-batch.ts';
import { constantRate, type Moment, type Schedule } from './schedules.ts';
import { trainingStep } from './training-step.ts';

/** One line of history: an evaluation, at the end of a pass or every so many steps. */
export interface HistoryEntry {
  readonly step: number;
  readonly epoch: number;
  /** Mean training loss since the entry before. */
  readonly loss: number;
  readonly rates: Readonly<Record<string, number>>;
  readonly validation?: Readonly<Record<string, number>>;
}

export interface FitOptions {
  readonly engine: Engine;
  readonly model: LayersModel;
  /** The loss, minimised over the model's trainable weights. */
  readonly objective: Objective;
  readonly optimizer: Optimizer;
  /** Shape and type of one row of each input; `weight` is added. */
  readonly inputs: InputSpecs;
  readonly train: BatchSource;
  readonly validation?: BatchSource;
  /** Validation metrics that are no mean over rows (an AUC), from the objective's `rows` of all validation rows. */
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

export interface FitResult {
  readonly steps: number;
  readonly stoppedEarly: boolean;
  readonly best?: BestSoFar;
}

/**
 * Trains until `epochs`, `steps` or early stopping ends it. The model's variables hold the result.
 *
 * @throws UserError when the loss is no longer a number, when a checkpoint does not fit, or nothing is left to train on
 * @throws the signal's reason when stopped
 */
export async function fit(options: FitOptions): Promise<FitResult> {
  const loop = await TrainingLoop.open(options);
  try {
    return await loop.run();
  } finally {
    await loop.close();
  }
}

/** Before the names of an objective's `rows` among the results of the evaluation. */
const ROWS = 'rows/';

class TrainingLoop {
  private step = 0;
  private epoch = 0;
  private batch = 0;
  private lossSum = 0;
  private rowSum = 0;
  private best: BestSoFar | undefined;
  private bestWeights: Record<string, TensorData> | undefined;
  private done = false;
  private savedAt = performance.now();
  private single!: Program;
  private grouped: Program | undefined;
  private evaluation: Program | undefined;

  private constructor(
    private readonly options: FitOptions,
    private readonly totalSteps: number,
    private readonly weights: ReturnType<typeof namedWeights>,
    private readonly state: ReturnType<typeof namedWeights>,
    private readonly schedules: Readonly<Record<string, Schedule>>,
    private readonly folder: CheckpointFolder | undefined,
  ) {}

  static async open(options: FitOptions): Promise<TrainingLoop> {
    const { train, batchSize, epochs, optimizer, model, earlyStopping, validation } = options;
    if (train.size === 0) throw new RangeError('fit: there are no training rows');
    if ((epochs === undefined) === (options.steps === undefined))
      throw new RangeError('fit: give either epochs or steps');
    if (earlyStopping && !validation) throw new RangeError('fit: early stopping needs validation rows');
    const totalSteps = options.steps ?? epochs! * Math.ceil(train.size / batchSize);
    const weights = namedWeights(model);
    const trainable = trainableWeights(model);
    const bound = optimizer.bind(trainable);
    const schedules = Object.fromEntries(
      Object.entries(optimizer.rates).map(([name, value]) => [
        name,
        options.schedules?.[name] ?? constantRate(value),
      ]),
    );
    const folder = options.checkpoints === undefined ? undefined : new CheckpointFolder(options.checkpoints);
    const state = { ...weights, ...bound.slots };
    const loop = new TrainingLoop(options, totalSteps, weights, state, schedules, folder);
    await loop.resume();
    await loop.compile(bound, trainable);
    return loop;
  }

  private async resume(): Promise<void> {
    const position = await this.folder?.readLast(this.state);
    if (!position) return;
    Object.assign(this, position);
    this.options.onResume?.(this.step);
  }

  private async compile(
    bound: ReturnType<Optimizer['bind']>,
    trainable: ReturnType<typeof trainableWeights>,
  ): Promise<void> {
    const {
      engine,
      objective,
      inputs,
      batchSize,
      stepsPerCall = 1,
      label = 'fit',
      validation,
      rowMetrics,
    } = this.options;
    const specs: Record<string, InputSpecs[string]> = { weight: { shape: [batchSize] } };
    for (const [name, spec] of Object.entries(inputs))
      specs[name] = { ...spec, shape: [batchSize, ...spec.shape] };
    const rateNames = Object.keys(this.schedules);
    const rateSpecs = Object.fromEntries(rateNames.map((name) => [name, { shape: [] }]));
    const training = trainingStep(objective, trainable, bound);
    const all = { ...specs, ...rateSpecs };
    this.single = await engine.compile(training, all, { name: label });
    if (stepsPerCall > 1) this.grouped = await engine.compile(training, all, { name: label, stepsPerCall });
    const evaluating: Step = (given) => {
      const { loss, metrics, rows } = objective(given, false);
      const named = Object.entries(rows ?? {}).map(([name, tensor]) => [`${ROWS}${name}`, tensor]);
      return { loss, ...metrics, ...Object.fromEntries(rowMetrics ? named : []) };
    };
    if (validation)
      this.evaluation = await engine.compile(evaluating, specs, { name: `${label} validation` });
  }

  async run(): Promise<FitResult> {
    const { progress = silent, label = 'training', train, batchSize, engine } = this.options;
    const task = progress.task(label, this.totalSteps, 'steps');
    task.advance(this.step);
    const perEpoch = Math.ceil(train.size / batchSize);
    try {
      while (!this.done) {
        let group: Feeds[] = [];
        let rows: number[] = [];
        for await (const batch of train.epoch({ epoch: this.epoch, batchSize, skip: this.batch })) {
          group.push({ ...padBatch(batch, batchSize), ...this.rates(group.length) });
          rows.push(batch.rows);
          const left = Math.min(this.totalSteps - this.step, perEpoch - this.batch, this.untilEvaluation());
          const wanted = this.grouped && left >= this.grouped.stepsPerCall ? this.grouped.stepsPerCall : 1;
          if (group.length < wanted) continue;
          const loss = await this.call(group, rows);
          task.advance(group.length, { loss });
          group = [];
          rows = [];
          if (this.batch === perEpoch) break;
          await this.afterCall(false);
          if (this.done) break;
        }
        if (this.done) break;
        if (this.batch < perEpoch) {
          throw new RangeError(
            `fit: the source promised ${perEpoch} batches a pass and gave ${this.batch + group.length}`,
          );
        }
        await this.endEpoch();
      }
    } finally {
      task.end();
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

  private async call(group: readonly Feeds[], rows: readonly number[]): Promise<number> {
    const program = group.length === 1 ? this.single : this.grouped!;
    program.step = this.step;
    const results = await program.run(...group);
    results.forEach(({ loss }, k) => {
      const value = loss.data[0];
      if (!Number.isFinite(value)) {
        throw divergence({
          value,
          step: this.step + k + 1,
          epoch: this.epoch,
          rates: this.rates(k),
          label: this.options.label,
        });
      }
      this.lossSum += value * rows[k];
      this.rowSum += rows[k];
    });
    this.step += group.length;
    this.batch += group.length;
    return results[results.length - 1].loss.data[0];
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
    this.lossSum = 0;
    this.rowSum = 0;
    onHistory?.({
      step: this.step,
      epoch: this.epoch,
      loss,
      rates: this.rates(0),
      ...(validation ? { validation } : {}),
    });
    if (!earlyStopping || !validation) return;
    this.best = judge(earlyStopping, validation, this.step, this.best);
    if (this.best.waited === 0) {
      await this.options.engine.pull();
      this.bestWeights = snapshot(this.weights);
      await this.folder?.writeBest(this.bestWeights, this.best);
    }
    if (this.best.waited >= earlyStopping.patience) this.done = true;
  }

  /** Weighted means over the validation rows, and what `rowMetrics` makes of all of them. */
  private async validate(): Promise<Record<string, number> | undefined> {
    const { validation, batchSize, rowMetrics } = this.options;
    if (!this.evaluation || !validation) return undefined;
    const sums: Record<string, number> = {};
    const rows: Record<string, Float32Array> = {};
    let total = 0;
    let done = 0;
    for await (const batch of validation.epoch({ epoch: 0, batchSize, skip: 0 })) {
      const feeds = padBatch(batch, batchSize);
      const weight = (feeds.weight as Float32Array).reduce((a, b) => a + b, 0);
      const [results] = await this.evaluation.run(feeds);
      for (const [name, { data }] of Object.entries(results)) {
        if (name.startsWith(ROWS)) {
          const key = name.slice(ROWS.length);
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
      const { step, epoch, batch, lossSum, rowSum, best, done } = this;
      const position: TrainingPosition = { step, epoch, batch, lossSum, rowSum, best, done };
      await this.folder.writeLast(this.state, position);
    }
    this.savedAt = performance.now();
  }

  private async keepBest(): Promise<void> {
    if (this.bestWeights) restore(this.weights, this.bestWeights, this.options.label ?? 'fit');
    else if (!(await this.folder?.readBest(this.weights))) return;
    await this.options.engine.push();
  }

  async close(): Promise<void> {
    await this.single.dispose();
    await this.grouped?.dispose();
    await this.evaluation?.dispose();
    for (const [name, variable] of Object.entries(this.state))
      if (!(name in this.weights)) variable.dispose();
  }
}
