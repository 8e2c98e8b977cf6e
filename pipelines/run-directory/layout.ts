// Where everything of a run lies: the names of the files in `runs/<domain>/<time>-<seed>/`, and nothing of what is in
// them.
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';

/** The paths of one run directory. */
export interface RunLayout {
  readonly root: string;
  /** The resolved settings of the domain. */
  readonly config: string;
  /** Preset, seed, device, source, and which stages are done. */
  readonly status: string;
  /** Mark of the process that writes here at the moment. */
  readonly lock: string;
  /** Source, hashes, splits and counts of the data. */
  readonly data: string;
  /** One Arrow file for each part. */
  readonly prepared: string;
  /** While a simulation is divided among processes: what they have made of it. */
  readonly blocks: string;
  /** One JSON object a line, appended while training. */
  readonly metrics: string;
  readonly checkpoints: string;
  /** ONNX files of all networks. */
  readonly models: string;
  /** tfjs layers format of all networks. */
  readonly layers: string;
  /** Of an ensemble: the runs that it was made of. */
  readonly ensemble: string;
  /** The primary network. */
  readonly primaryModel: string;
  readonly evaluation: string;
  readonly results: string;
  readonly report: string;
  readonly modelCard: string;
  readonly environment: string;
  /** What was sent to MLflow. */
  readonly mlflow: string;
  /** Evaluations on other data, a folder each. */
  readonly evaluations: string;
}

/** The paths under `root`; touches no file. */
export function runLayout(root: string): RunLayout {
  const at = (name: string): string => join(root, name);
  return {
    root,
    config: at('config.yaml'),
    status: at('status.json'),
    lock: at('run.lock'),
    data: at('data.json'),
    prepared: at('prepared'),
    blocks: at('blocks'),
    metrics: at('metrics.jsonl'),
    checkpoints: at('checkpoints'),
    models: at('models'),
    layers: at('model'),
    ensemble: at('ensemble.json'),
    primaryModel: at('model.onnx'),
    evaluation: at('evaluation.json'),
    results: at('results.json'),
    report: at('report.html'),
    modelCard: at('model-card.md'),
    environment: at('environment.json'),
    mlflow: at('mlflow.json'),
    evaluations: at('evaluations'),
  };
}

/**
 * Checks that a name of a part or a network can be a file's name on every system.
 * @throws RangeError otherwise: the domain that made it up is at fault
 */
export function fileStem(id: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(id)) {
    throw new RangeError(`expected an id of letters, digits, '.', '_' and '-', got ${JSON.stringify(id)}`);
  }
  return id;
}

/** @throws UserError when a file of a run is missing, naming what makes it */
export function missing(path: string, how: string, cause?: unknown): UserError {
  return new UserError({ what: 'there is no such file', where: path, how, cause });
}
