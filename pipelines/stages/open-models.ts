// The finished networks of a run, run through ONNX Runtime. A network is opened when it is first asked for.
import { readFile } from 'node:fs/promises';
import { InferenceModel } from '../../core/engine/inference.ts';
import type { TensorData } from '../../core/engine/tensor-data.ts';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import type { Models } from '../../domains/domain.ts';
import { modelIds, onnxPath } from '../run-directory/model-store.ts';
import type { OpenModels } from './work.ts';

/** Numbers of one input given to a network at once; more rows are run in turns, so that memory stays bounded. */
const mostNumbers = 4_000_000;

type Tensors = Readonly<Record<string, TensorData>>;

const rowsOf = (tensor: TensorData): number => tensor.shape[0];

function slice({ dtype, shape, data }: TensorData, start: number, end: number): TensorData {
  const width = data.length / shape[0];
  return { dtype, shape: [end - start, ...shape.slice(1)], data: data.subarray(start * width, end * width) };
}

function join(pieces: readonly TensorData[]): TensorData {
  const [{ dtype, shape, data }] = pieces;
  const rows = pieces.reduce((sum, piece) => sum + rowsOf(piece), 0);
  const width = data.length / shape[0];
  const all = new (data.constructor as { new (n: number): TensorData['data'] })(rows * width);
  let start = 0;
  for (const piece of pieces) {
    all.set(piece.data, start);
    start += piece.data.length;
  }
  return { dtype, shape: [rows, ...shape.slice(1)], data: all };
}

async function runRows(model: InferenceModel, inputs: Tensors): Promise<Record<string, TensorData>> {
  const tensors = Object.values(inputs);
  const rows = rowsOf(tensors[0]);
  const widest = Math.max(...tensors.map(({ data }) => data.length / Math.max(1, rows)));
  const atOnce = Math.max(1, Math.floor(mostNumbers / Math.max(1, widest)));
  const pieces: Record<string, TensorData>[] = [];
  for (let start = 0; start === 0 || start < rows; start += atOnce) {
    const end = Math.min(start + atOnce, rows);
    const part = Object.fromEntries(
      Object.entries(inputs).map(([name, tensor]) => [name, slice(tensor, start, end)]),
    );
    pieces.push(await model.run(part));
  }
  if (pieces.length === 1) return pieces[0];
  return Object.fromEntries(
    Object.keys(pieces[0]).map((name) => [name, join(pieces.map((piece) => piece[name]))]),
  );
}

/** Opens the networks of a run. */
export const openModels: OpenModels = async (paths): Promise<Models> => {
  const ids = await modelIds(paths);
  const opened = new Map<string, Promise<InferenceModel>>();
  const open = async (id: string): Promise<InferenceModel> =>
    InferenceModel.open(await readFile(onnxPath(paths, id)), id);
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
  };
};
