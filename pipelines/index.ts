// The door `deepfield`: the domains and their pipelines, for programs. The command line is cli/main.ts; the engine and the readers
// of data have doors of their own (`deepfield/engine`, `deepfield/data-adapters`).
export { type BlockSource, type BlockWork, blocksFromWorkers } from '../core/blocks.ts';
export { UserError, type UserErrorParts } from '../core/errors.ts';
export { type BootstrapOptions, bootstrapInterval } from '../core/metrics/bootstrap.ts';
export { areaDifference, areaInterval, type DeLong, deLong } from '../core/metrics/delong.ts';
export type { Interval } from '../core/metrics/interval.ts';
export { wilsonInterval } from '../core/metrics/proportion.ts';
export { type Progress, type ProgressTask, silent } from '../core/progress.ts';
export { RandomStream } from '../core/random.ts';
export { runInWorkers, type WorkerOptions } from '../core/workers.ts';
export {
  type AnsweredFile,
  type DecodedRequest,
  type Domain,
  defineDomain,
  type Estimate,
  type EvaluateContext,
  type Evaluation,
  type Figure,
  type FilePredictions,
  type Models,
  type OpenContext,
  type Paper,
  type Plot,
  type PlotTable,
  type Prediction,
  type PrepareContext,
  type PresetName,
  presetNames,
  type SavedModel,
  type ScoredTable,
  type StageContext,
  type TablePrediction,
  type TrainContext,
} from '../domains/domain.ts';
export type { Panel } from '../domains/panel.ts';
export { type DomainEntry, type Registry, registry } from '../domains/registry.ts';
export { type NetworkTraining, trainNetwork } from '../domains/train-network.ts';
export { type ConfigChoice, type ResolvedConfig, resolveConfig } from './config/resolve-config.ts';
export { loadDomain } from './load-domain.ts';
export { type DeepfieldConfig, defineConfig } from './own-domains/define-config.ts';
export { type CatalogueEntry, catalogue, findDataset } from './public-data/catalogue.ts';
export { type Reader, readersOf } from './public-data/recognise.ts';
export { findRun, listRuns } from './run-directory/find-run.ts';
export type { RunLayout } from './run-directory/layout.ts';
export { type Results, resultsSchema } from './run-directory/results.ts';
export type { RunStatus, StageName } from './run-directory/run-status.ts';
export { type RunDomainOptions, runDomain } from './run-domain.ts';
export { openModels } from './stages/open-models.ts';
export { type FilePrediction, predictAll, predictFiles } from './stages/predict.ts';
export { openRun, type Run } from './stages/run.ts';
export { runStages, upTo } from './stages/run-stages.ts';
export type { OpenModels, Work } from './stages/work.ts';
