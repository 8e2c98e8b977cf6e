// What a training run needs to go on as if it had never stopped: every variable, and where it stood. One file, written
// whole or not at all, so that a process killed at any moment leaves the last one intact.

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tensor } from '@tensorflow/tfjs-core';
import type { DType, TensorData } from '../engine/tensor-data.ts';
import { UserError } from '../errors.ts';
import { readTensors, writeTensors } from '../files/safetensors.ts';
import type { BestSoFar } from './early-stopping.ts';
import type { NamedVariables } from './optimizers/optimizer.ts';

/** Format of the metadata; raised when an older reader would misread it. */
const VERSION = 1;

/** Where training stands, next to the variables. */
export interface TrainingPosition {
  /** Steps done. */
  readonly step: number;
  /** Pass that the next step belongs to, and batches of it already done. */
  readonly epoch: number;
  readonly batch: number;
  /** Sum of loss x rows and of rows since the last line of history. */
  readonly lossSum: number;
  readonly rowSum: number;
  /** Sums of the step's other answers x rows, if it has any. */
  readonly parts?: Readonly<Record<string, number>>;
  readonly best?: BestSoFar;
  /** Training has ended: there is nothing to resume, unless more steps are wanted. */
  readonly done: boolean;
}

const lastPath = (directory: string): string => join(directory, 'last.safetensors');
const bestPath = (directory: string): string => join(directory, 'best.safetensors');

/** The variables' present values, copied. */
export function snapshot(variables: NamedVariables): Record<string, TensorData> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, v]) => [
      name,
      { dtype: v.dtype as DType, shape: v.shape, data: v.dataSync().slice() as Float32Array },
    ]),
  );
}

/** Sets the variables. @throws UserError naming the file when it does not fit the network */
export function restore(
  variables: NamedVariables,
  tensors: Readonly<Record<string, TensorData>>,
  where: string,
): void {
  for (const [name, variable] of Object.entries(variables)) {
    const saved = tensors[name];
    if (saved === undefined || saved.shape.join() !== variable.shape.join()) {
      const what = saved
        ? `${name} has shape [${saved.shape}], the network wants [${variable.shape}]`
        : `it has no ${name}`;
      throw new UserError({
        what,
        where,
        how: 'resume with the configuration the checkpoint was written with',
      });
    }
    const value = tensor(saved.data.slice(), [...saved.shape], saved.dtype);
    variable.assign(value);
    value.dispose();
  }
}

/** The checkpoints of one network: `last.safetensors` and `best.safetensors` in a folder. */
export class CheckpointFolder {
  constructor(readonly directory: string) {}

  async writeLast(variables: NamedVariables, position: TrainingPosition): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const metadata = { version: String(VERSION), position: JSON.stringify(position) };
    await writeTensors(lastPath(this.directory), { tensors: snapshot(variables), metadata });
  }

  async writeBest(tensors: Readonly<Record<string, TensorData>>, best: BestSoFar): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    await writeTensors(bestPath(this.directory), { tensors, metadata: { best: JSON.stringify(best) } });
  }

  /** Sets the variables to the last checkpoint; undefined when there is none. */
  async readLast(variables: NamedVariables): Promise<TrainingPosition | undefined> {
    const path = lastPath(this.directory);
    if (!existsSync(path)) return undefined;
    const { tensors, metadata } = await readTensors(path);
    if (metadata.version !== String(VERSION)) {
      const what = `checkpoint version ${metadata.version}, this program writes ${VERSION}`;
      throw new UserError({ what, where: path, how: 'resume with the version of deepfield that wrote it' });
    }
    restore(variables, tensors, path);
    return JSON.parse(metadata.position) as TrainingPosition;
  }

  /** Sets the variables to the best ones; false when none were written. */
  async readBest(variables: NamedVariables): Promise<boolean> {
    const path = bestPath(this.directory);
    if (!existsSync(path)) return false;
    restore(variables, (await readTensors(path)).tensors, path);
    return true;
  }
}
