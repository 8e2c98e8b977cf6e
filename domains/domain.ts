// The contract of a domain: one typed object from which the command line, the server, the report and the docs are
// all derived. A domain knows its science; it knows no flags, no HTTP and no run directory.
import type { z } from 'zod';
import type { BlockSource, BlockWork } from '../core/blocks.ts';
import type { TensorData } from '../core/engine/tensor-data.ts';
import type { Progress } from '../core/progress.ts';
import type { RandomStream } from '../core/random.ts';
import type { Dataset, Parts } from '../data-adapters/dataset.ts';
import type { PublicDataset } from '../data-adapters/public-data/index.ts';
import type { StoredColumns } from '../data-adapters/stored/column-layout.ts';
import type { PartWriter } from '../data-adapters/stored/part-writer.ts';
import type { StoredDataset } from '../data-adapters/stored/stored-dataset.ts';
import type { Shard } from '../data-adapters/tables/shard-number.ts';
import type { EnsembleRule } from './ensemble.ts';
import type { FoldSettings } from './folds.ts';
import type { InferenceHints, Inferred } from './inference.ts';
import type { Panel } from './panel.ts';

/** The work that a domain follows. */
export interface Paper {
  readonly citation: string;
  readonly doi: string;
  readonly arxiv?: string;
}

export const presetNames = ['quick', 'standard', 'paper'] as const;
export type PresetName = (typeof presetNames)[number];

/** A value with its interval, as every result is reported. */
export interface Estimate {
  readonly value: number;
  /** Bounds of the interval at `level`. */
  readonly low: number;
  readonly high: number;
}

/** One line of results.json. Ids are stable and kebab-case: `critical-temperature-square`. */
export interface Figure extends Estimate {
  readonly id: string;
  readonly label: string;
  /** Level of the interval, 0.95 unless said otherwise. */
  readonly level: number;
  readonly unit?: string;
  /** Sample size behind the value. */
  readonly n?: number;
  /** The paper's value and, where it gives one, its error. */
  readonly paper?: { readonly value: number; readonly error?: number };
  /** The exactly known value, where there is one. */
  readonly exact?: number;
  readonly baselines?: readonly (Estimate & { readonly id: string; readonly label: string })[];
  /** One sentence that a careful reader needs beside the number. */
  readonly note?: string;
}

/** What `evaluate` returns: the figures, and whatever the plots need (JSON, written to evaluation.json). */
export interface Evaluation {
  readonly figures: readonly Figure[];
  readonly curves: Readonly<Record<string, unknown>>;
}

/** A table of the report: numbers as text, in the digits that they deserve. */
export interface PlotTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One plot of the report: a Vega-Lite specification, a PNG, or a table. */
export interface Plot {
  readonly id: string;
  readonly title: string;
  /** What the reader should see in it, in a sentence or two. */
  readonly caption: string;
  readonly vegaLite?: Readonly<Record<string, unknown>>;
  readonly png?: Uint8Array;
  readonly table?: PlotTable;
}

/** What every stage of a domain is given. */
export interface StageContext<Config> {
  readonly config: Config;
  readonly seed: number;
  /** Streams of the run's seed; split by purpose. */
  readonly random: RandomStream;
  /** Name of the engine's device, `cpu` by default. */
  readonly device: string;
  /** Worker threads that CPU-bound work may use. */
  readonly threads: number;
  readonly progress: Progress;
  /** Aborted on Ctrl-C: a stage stops at the next safe point by throwing `signal.reason`. */
  readonly signal: AbortSignal;
  /** A line for the person who watches. */
  log(line: string): void;
}

/** What a simulation depends on. */
export type SimulationContext<Config> = Pick<StageContext<Config>, 'config' | 'random'>;

/** What `simulate` is given: a place on disk for data that may be larger than memory. */
export interface PrepareContext<Config> extends StageContext<Config> {
  /** Folder of the parts, for what belongs beside them: rows that were rejected. Made by whoever writes first. */
  readonly folder: string;
  /** Begins a part that is written as its rows arrive. The pipeline removes what a failed stage leaves unfinished. */
  openPart(name: string, columns: StoredColumns): Promise<PartWriter>;
  /** For a simulation with {@link Domain.blocks}: where they come from, if not from threads of this process. */
  readonly blocks?: BlockSource;
}

/** What `open` is given besides. */
export interface OpenContext<Config> extends PrepareContext<Config> {
  /** `training`: divide the rows among the splits. `evaluation`: every row belongs to the test split. */
  readonly purpose: 'training' | 'evaluation';
}

/** What training may write: its checkpoints, its history, and the models that are to be served. */
export interface TrainContext<Config> extends StageContext<Config> {
  /** Folder of one network's checkpoints; made on first use, kept over a resume. */
  checkpointDirectory(modelId: string): string;
  /** Appends one line to metrics.jsonl: `model`, `step` and the metrics as numbers, from which curves are drawn. */
  record(line: Readonly<Record<string, unknown>>): void;
  /**
   * Drops the lines of metrics.jsonl for which `keep` is false. Called on resume, so that no step stands twice:
   * `rewind((line) => line.model !== id || Number(line.step) <= checkpoint.step)`.
   */
  rewind(keep: (line: Readonly<Record<string, unknown>>) => boolean): void;
  /** True when `saveModel` has been called for this id, in this process or before a resume. */
  hasModel(modelId: string): boolean;
  /** Stores a finished network: ONNX bytes (raw inputs in, preprocessing inside) and tfjs layers artifacts. */
  saveModel(modelId: string, model: SavedModel): Promise<void>;
}

/** A finished network in the two formats of the run directory. */
export interface SavedModel {
  readonly onnx: Uint8Array;
  /** The tfjs layers format: `model.json` and `weights.bin`. */
  readonly layers?: { readonly json: string; readonly weights: Uint8Array };
}

/** The finished networks of a run, run through ONNX Runtime. */
export interface Models {
  readonly ids: readonly string[];
  /** Runs a network on raw inputs, rows in the first dimension, any number of them. @throws UserError for an unknown id */
  run(modelId: string, inputs: Readonly<Record<string, TensorData>>): Promise<Record<string, TensorData>>;
  /** What a network's file says beside its weights. @throws UserError for an unknown id */
  metadata(modelId: string): Promise<Readonly<Record<string, string>>>;
}

export interface EvaluateContext<Config> extends StageContext<Config> {
  readonly models: Models;
}

/** What a request becomes. */
export interface DecodedRequest {
  /** The networks that are asked. */
  readonly models: readonly string[];
  /** Their inputs: one row, or several where an answer compares rows. */
  readonly inputs: Readonly<Record<string, TensorData>>;
  /** Whatever `encode` has to know beside the outputs. */
  readonly context?: unknown;
}

/** What the panels beside an answer are made from. */
export interface ShownAnswer<Config, Request, Answer> {
  readonly answer: Answer;
  readonly request: Request;
  readonly config: Config;
  /** Of the networks, in the order that `decode` named them. */
  readonly outputs: readonly Record<string, TensorData>[];
  /** What `decode` left for `encode`. */
  readonly context?: unknown;
  /** Of the run; undefined where it has none yet. */
  readonly evaluation?: Evaluation;
}

/** One prediction's way from a request to an answer. */
export interface Prediction<Config, Request, Answer> {
  /** Schema of one item as JSON. */
  readonly request: z.ZodType<Request>;
  readonly answer: z.ZodType<Answer>;
  /** What files the command line and the page accept: one sentence. */
  readonly accepts: string;
  /** Endings of the files that are read, in lower case and the longest first where one is the end of another: `.fits.gz`. */
  readonly reads: readonly string[];
  /** The files that a path stands for, where that may be a folder: each is read, and fails, by itself. The path itself without. */
  filesIn?(path: string): Promise<string[]>;
  /** Reads a file into requests. @throws UserError naming the file and place */
  read(path: string): Promise<Request[]>;
  /** The networks a request wants and their inputs. @throws UserError when none fits */
  decode(request: Request, models: Models, config: Config): DecodedRequest | Promise<DecodedRequest>;
  /** The answer from the outputs of the networks, in the order that `decode` named them. */
  encode(
    outputs: readonly Record<string, TensorData>[],
    request: Request,
    config: Config,
    context?: unknown,
  ): Answer;
  /** One line of text a person reads in the terminal. */
  describe(answer: Answer): string;
  /** What a person looks at in a browser beside it; a table of the answer's fields without. */
  show?(shown: ShownAnswer<Config, Request, Answer>): Panel[] | Promise<Panel[]>;
  /** Requests that work when pasted. */
  readonly examples: readonly Request[];
  /** For domains whose items are rows of tables: the way of a whole table, of any size. */
  readonly table?: TablePrediction<Config>;
  /** For domains whose answer to a file is a file: an image restored. */
  readonly files?: FilePredictions<Config>;
}

/** What came of a file that is answered by a file. */
export interface AnsweredFile {
  /** Files written; none when no place was given. */
  readonly written: readonly string[];
  /** What was measured and done, for a program. */
  readonly answer: Readonly<Record<string, unknown>>;
  /** The same for a person, in one line. */
  readonly text: string;
  /** What to know before the answer is trusted, a line each. */
  readonly warnings: readonly string[];
  /** What a person looks at beside it. */
  panels?(): Promise<Panel[]>;
}

/** Answers that are files, one for each file asked about. */
// biome-ignore lint/suspicious/noExplicitAny: options of every domain
export interface FilePredictions<Config, Options = any> {
  /** Strict, with descriptions: each key is a flag of the command line, `pixelScale` being `--pixel-scale`. */
  readonly options: z.ZodType<Options>;
  /** Whether a file of a folder is one of them, by its name. */
  accepts(path: string): boolean;
  /** Endings of the files that it writes: `.fits`. */
  readonly endings: readonly string[];
  /** Name of the answer, where a folder is given for it. */
  nameOf(path: string, options: Options): string;
  /**
   * @param out file of one of the endings; nothing is written without
   * @throws UserError; no file is left half written
   */
  answer(
    path: string,
    out: string | undefined,
    options: Options,
    context: EvaluateContext<Config>,
  ): Promise<AnsweredFile>;
}

/** What came of a table. */
export interface ScoredTable {
  readonly rows: number;
  /** Rows that could not be answered, and the file that lists them. */
  readonly rejected: number;
  readonly rejectedPath?: string;
  /** Columns of the table that are not in the answer, being no numbers. */
  readonly leftOut: readonly string[];
  /** The first rows of the columns that the answer has besides, by name. */
  readonly preview: Readonly<Record<string, readonly number[]>>;
  /** Where the rows of the preview stand in the table, and those before them that could not be answered; where nothing was written. */
  readonly previewRows?: readonly number[];
  readonly rejections?: readonly { readonly row: number; readonly what: string }[];
}

/** Answers for tables: the same rows with more columns, block by block from file to file. */
export interface TablePrediction<Config> {
  /** Whether a file is a table, by its name; others are read by {@link Prediction.read}. */
  accepts(path: string): boolean;
  /** Endings of the files that it writes: `.parquet`. */
  readonly endings: readonly string[];
  /**
   * @param out file of one of the endings; the first rows only are read, and nothing written, without
   * @param shown how many first rows; 50 by default
   * @param shard of the rows, which alone are read and written: for tables with {@link shards}
   * @throws UserError; no file is left then
   */
  score(
    path: string,
    out: string | undefined,
    context: EvaluateContext<Config>,
    shown?: number,
    shard?: Shard,
  ): Promise<ScoredTable>;
  /** Whether `score` knows shards. */
  readonly shards?: true;
  /** What a person looks at beside the first rows of a table. */
  show?(scored: ScoredTable, config: Config, evaluation?: Evaluation): Panel[];
}

/** The setting that says how long a domain trains. */
export interface TrainingBudget<Config> {
  /** Path of a number of steps or passes: `training.steps`. */
  readonly path: string;
  /**
   * Whether networks trained at these settings and then on to a larger budget are, bit by bit, those trained to it from the
   * beginning: never where the step size depends on the length.
   */
  continues(config: Config): boolean;
}

/** A scientific application. Made with {@link defineDomain} and listed in registry.ts. */
// biome-ignore-start lint/suspicious/noExplicitAny: the registry holds domains of every configuration, request and part
export interface Domain<
  Config = any,
  Request = any,
  Answer = any,
  Part extends Dataset | StoredDataset = any,
> {
  // biome-ignore-end lint/suspicious/noExplicitAny: as above
  /** kebab-case name on the command line. */
  readonly name: string;
  readonly title: string;
  /** The science in three sentences. */
  readonly summary: string;
  /** The work that it follows, where there is one. */
  readonly paper?: Paper;
  /** Settings with defaults; units in the descriptions; strict, so that an unknown key is an error. */
  readonly config: z.ZodType<Config>;
  /** Overrides of the defaults. */
  readonly presets: Readonly<Record<PresetName, Readonly<Record<string, unknown>>>>;
  /** The embedded data source. */
  simulate(context: PrepareContext<Config>): Promise<Parts<Part>>;
  /**
   * For simulations that several processes can share: the work whose blocks `simulate` takes from `context.blocks`, all of it and the
   * same. @throws UserError for settings that `simulate` refuses
   */
  blocks?(context: SimulationContext<Config>): readonly BlockWork[];
  /** Somebody's files. @throws UserError */
  open(source: string, context: OpenContext<Config>): Promise<Parts<Part>>;
  /** For domains that can tell their settings from a file. @throws UserError */
  infer?(
    source: string,
    hints: InferenceHints,
    context: Pick<StageContext<Config>, 'config' | 'signal'>,
  ): Promise<Inferred>;
  /** What `--source` accepts, a line each, for --help and errors. */
  readonly sources: readonly string[];
  /**
   * What `--source` would find at a path that is there, in a few words; undefined where that is nothing for this domain. From names,
   * headers and beginnings: it may not read a large file to its end. @throws UserError when the path cannot be read
   */
  recognise?(path: string): Promise<string | undefined>;
  /** Public sets that `open` takes, for `deepfield data`. */
  readonly publicData?: readonly PublicDataset[];
  /** Trains every network of the run and saves each by `context.saveModel`. Skips those `hasModel` knows. */
  train(parts: Parts<Part>, context: TrainContext<Config>): Promise<void>;
  /** For domains that can leave out one part of their data in K: what `deepfield sweep --folds` sets. */
  readonly folds?: FoldSettings;
  /** For domains whose networks can be averaged: what `deepfield ensemble` goes by. */
  readonly ensemble?: EnsembleRule;
  /** For domains whose training has one length: what successive halving grows when nothing else is named. */
  readonly budget?: TrainingBudget<Config>;
  /** Figures of the networks and baselines on the test splits. */
  evaluate(parts: Parts<Part>, context: EvaluateContext<Config>): Promise<Evaluation>;
  /** Plots of an evaluation. */
  figures(evaluation: Evaluation, config: Config): Promise<Plot[]>;
  /** Id of the network that becomes model.onnx. */
  primaryModel(ids: readonly string[]): string;
  readonly predict: Prediction<Config, Request, Answer>;
}

/** Checks a domain's types where it is written. */
export function defineDomain<Config, Request, Answer, Part extends Dataset | StoredDataset = Dataset>(
  domain: Domain<Config, Request, Answer, Part>,
): Domain<Config, Request, Answer, Part> {
  return domain;
}
