// The finished networks of a run, run through ONNX Runtime. A network is opened when it is first asked for.
import { readFile } from 'node:fs/promises';
import { InferenceModel } from '../../core/engine/inference.ts';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { rowsOf, sliceRows, stackRows } from '../../core/engine/tensor-rows.ts';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import type { Models } from '../../domains/domain.ts';
import type { RunLayout } from '../run-directory/layout.ts';
import { modelIds, onnxPath } from '../run-directory/model-store.ts';
import type { OpenModels } from './work.ts';

/** Numbers of one input given to a network at once; more rows are run in turns, so that memory stays bounded. */
const mostNumbers = 4_000_000;

type Tensors = Readonly<Record<string, TensorData>>;

async function runRows(model: InferenceModel, inputs: Tensors): Promise<Record<string, TensorData>> {
  const tensors = Object.values(inputs);
  const rows = rowsOf(tensors[0]);
  const widest = Math.max(...tensors.map(({ data }) => data.length / Math.max(1, rows)));
  const atOnce = Math.max(1, Math.floor(mostNumbers / Math.max(1, widest)));
  const pieces: Record<string, TensorData>[] = [];
  for (let start = 0; start === 0 || start < rows; start += atOnce) {
    const end = Math.min(start + atOnce, rows);
    const part = Object.fromEntries(
      Object.entries(inputs).map(([name, tensor]) => [name, sliceRows(tensor, start, end)]),
    );
    pieces.push(await model.run(part));
  }
  if (pieces.length === 1) return pieces[0];
  return Object.fromEntries(
    Object.keys(pieces[0]).map((name) => [name, stackRows(pieces.map((piece) => piece[name]))]),
  );
}

/** The networks of a run, with what a server has to know of them besides. */
export interface OpenedModels extends Models {
  /** What goes into a network and comes out of it. @throws UserError for an unknown id */
  ports(modelId: string): Promise<Pick<InferenceModel, 'inputs' | 'results'>>;
  /** Gives the memory of all networks back. */
  close(): Promise<void>;
}

/** Opens the networks of a run. @param threads within an operator; ONNX Runtime's own choice by default */
export async function openNetworks(paths: RunLayout, threads?: number): Promise<OpenedModels> {
  const ids = await modelIds(paths);
  const opened = new Map<string, Promise<InferenceModel>>();
  const open = async (id: string): Promise<InferenceModel> =>
    InferenceModel.open(await readFile(onnxPath(paths, id)), id, threads);
  const modelOf = (id: string): Promise<InferenceModel> => {
    if (!ids.includes(id)) {
      const near = nearest(id, ids);
      throw new UserError({
        what: `no network ${JSON.stringify(id)}`,
        where: paths.root,
        how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are: ${ids.join(', ')}`,
      });
    }
    const model = opened.get(id) ?? open(id);
    opened.set(id, model);
    return model;
  };
  return {
    ids,
    run: async (id, inputs) => runRows(await modelOf(id), inputs),
    metadata: async (id) => (await modelOf(id)).metadata,
    ports: async (id) => modelOf(id),
    async close() {
      const all = [...opened.values()];
      opened.clear();
      for (const model of all) await (await model).dispose();
    },
  };
}

export const openModels: OpenModels = (paths, _, threads) => openNetworks(paths, threads);
