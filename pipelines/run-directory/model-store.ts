// The finished networks of a run: models/<id>.onnx, model/<id>/model.json with weights.bin, and model.onnx, the
// primary one. A network counts as finished when its ONNX file is there, which is therefore written last.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import type { SavedModel } from '../../domains/domain.ts';
import { fileStem, missing, type RunLayout } from './layout.ts';

export const onnxPath = (paths: RunLayout, id: string): string => join(paths.models, `${fileStem(id)}.onnx`);

/** True when the network was saved, by this process or an earlier one. */
export const hasModel = (paths: RunLayout, id: string): boolean => existsSync(onnxPath(paths, id));

export async function saveModel(paths: RunLayout, id: string, model: SavedModel): Promise<void> {
  const target = onnxPath(paths, id);
  if (model.layers) {
    const folder = join(paths.layers, fileStem(id));
    await mkdir(folder, { recursive: true });
    await writeFileAtomic(join(folder, 'weights.bin'), model.layers.weights);
    await writeFileAtomic(join(folder, 'model.json'), model.layers.json);
  }
  await mkdir(paths.models, { recursive: true });
  await writeFileAtomic(target, model.onnx);
}

/** Ids of the finished networks, in natural order (L10 before L100). */
export async function modelIds(paths: RunLayout): Promise<string[]> {
  const names = existsSync(paths.models) ? await readdir(paths.models) : [];
  return names
    .filter((name) => name.endsWith('.onnx'))
    .map((name) => name.slice(0, -'.onnx'.length))
    .sort(new Intl.Collator('en', { numeric: true }).compare);
}

/** Copies the network that represents the run to model.onnx. */
export async function writePrimaryModel(paths: RunLayout, id: string): Promise<void> {
  if (!hasModel(paths, id)) throw missing(onnxPath(paths, id), 'train the run first');
  await writeFileAtomic(paths.primaryModel, await readFile(onnxPath(paths, id)));
}
