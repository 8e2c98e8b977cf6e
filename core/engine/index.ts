// The door `deepfield/engine`: tfjs steps compiled into ONNX graphs, the devices that they run on, models as files, and the
// training loop around them. For any tfjs user: it knows no science, no file of data and no run directory.
export { UserError, type UserErrorParts } from '../errors.ts';
export { dropout, gaussianNoise } from '../models/dropout.ts';
export { type GruOptions, gru } from '../models/gru.ts';
export { type ImageClassifierOptions, imageClassifier } from '../models/image-classifiers.ts';
export { type Initialisation, type MlpOptions, mlp } from '../models/mlp.ts';
export { periodicPadding } from '../models/periodic-padding.ts';
export { type Progress, type ProgressTask, silent } from '../progress.ts';
export { RandomStream } from '../random.ts';
export {
  type BatchSource,
  type EpochOptions,
  type RowBatch,
  type RowSourceOptions,
  rowSource,
  type StreamSourceOptions,
  streamSource,
} from '../training/batch-source.ts';
export { type ClassObjectiveOptions, classObjective } from '../training/class-objective.ts';
export type { EarlyStoppingOptions } from '../training/early-stopping.ts';
export { type FitOptions, type FitResult, fit, type HistoryEntry } from '../training/fit.ts';
export {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  logitCrossEntropy,
  meanSquaredError,
  weightedMean,
} from '../training/losses.ts';
export type { Objective } from '../training/objective.ts';
export { type AdadeltaOptions, adadelta } from '../training/optimizers/adadelta.ts';
export { type AdamOptions, adam } from '../training/optimizers/adam.ts';
export { type AdamWOptions, adamW } from '../training/optimizers/adam-w.ts';
export { clipByGlobalNorm } from '../training/optimizers/gradient-clipping.ts';
export type { Optimizer } from '../training/optimizers/optimizer.ts';
export { type RmsPropOptions, rmsProp } from '../training/optimizers/rms-prop.ts';
export { type SgdOptions, sgd } from '../training/optimizers/sgd.ts';
export {
  constantRate,
  cosineDecay,
  exponentialDecay,
  linearRamp,
  type Schedule,
  warmUpCosine,
} from '../training/schedules.ts';
export { type WorkerSourceOptions, workerSource } from '../training/worker-source.ts';
export { backendName, UnmappedKernelError } from './backend.ts';
export {
  AUTO,
  type ChosenDevice,
  chooseDevice,
  type DeviceStatus,
  deviceNames,
  listDevices,
  openEngine,
} from './devices.ts';
export { type ExportOptions, exportModel } from './export.ts';
export { EngineError } from './graph/session.ts';
export { InferenceModel, type ModelPort } from './inference.ts';
export { TraceError } from './layer-hooks.ts';
export type {
  CompileOptions,
  Engine,
  EngineOptions,
  FeedArray,
  Feeds,
  InputSpec,
  InputSpecs,
  Program,
  Results,
  Step,
} from './program.ts';
export { randomNormal, randomUniform } from './random-op.ts';
export type { DType, TensorData } from './tensor-data.ts';
