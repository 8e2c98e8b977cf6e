// State on the graphics card: two buffers there for each variable, of which a call reads one and writes the other. Both
// belong to the store and not to a program, since ONNX Runtime frees what a session has made together with the session.
// Numbers go up and come down through a graph that copies, because ONNX Runtime 1.30 ends the process when JavaScript reads
// such a buffer itself.
import { encodeModel } from '../graph/model.ts';
import {
  openSession,
  type RuntimeTensor,
  runSession,
  runtimeTensor,
  type Session,
} from '../graph/session.ts';
import type { Constant, ElementType, Value } from '../graph/value.ts';
import type { Cell, StateStore } from './state-store.ts';

class GpuCell implements Cell {
  constructor(
    public present: RuntimeTensor,
    public target: RuntimeTensor,
  ) {}

  replace(): void {
    [this.present, this.target] = [this.target, this.present];
  }
}

/** Makers of buffers that may still be in use: collected as garbage before its buffers, a session would take them along. */
const makersInUse = new Set<Session>();

const inputKey = (i: number): string => `x${i}`;
const outputKey = (i: number): string => `y${i}`;

/** A graph that copies tensors of these shapes. `onGpu`: what it makes stays on the card. */
async function openCopy(like: readonly RuntimeTensor[], onGpu: boolean): Promise<Session> {
  const outputs = like.map(({ type, dims }, i): [string, Value] => [
    outputKey(i),
    { input: inputKey(i), shape: dims, dtype: type as ElementType },
  ]);
  const { bytes } = encodeModel(Object.fromEntries(outputs), { name: 'state' });
  return openSession(bytes, 'state', { provider: 'webgpu', onGpu: onGpu ? outputs.map(([key]) => key) : [] });
}

/** Copies each tensor, into the one that is given for it or a new one. */
async function copy(
  session: Session,
  from: readonly RuntimeTensor[],
  into?: readonly RuntimeTensor[],
): Promise<RuntimeTensor[]> {
  const feeds = Object.fromEntries(from.map((tensor, i) => [inputKey(i), tensor]));
  const fetches = Object.fromEntries(from.map((_, i) => [outputKey(i), into?.[i] ?? null]));
  const copies = await runSession(session, 'state', feeds, fetches);
  return from.map((_, i) => copies[outputKey(i)]);
}

/** Cells in buffers of ONNX Runtime's WebGPU provider. */
export class GpuStore implements StateStore {
  /** The sessions that made the buffers. */
  private readonly makers: Session[] = [];
  /** Copies between card and host, for the cells whose shapes `copied` tells. */
  private copier: Session | undefined;
  private copied = '';

  async create(values: readonly Value[]): Promise<Cell[]> {
    if (values.length === 0) return [];
    const numbers = values.map(({ constant, shape, dtype }) => runtimeTensor(constant!, shape, dtype));
    const maker = await openCopy(numbers, true);
    this.makers.push(maker);
    makersInUse.add(maker);
    const [present, target] = [await copy(maker, numbers), await copy(maker, numbers)];
    return present.map((tensor, i) => new GpuCell(tensor, target[i]));
  }

  async read(cells: readonly Cell[]): Promise<Constant[]> {
    if (cells.length === 0) return [];
    const present = cells.map((cell) => cell.present);
    return (await copy(await this.copierFor(present), present)).map(({ data }) => data as Constant);
  }

  async write(cells: readonly Cell[], numbers: readonly Constant[]): Promise<void> {
    if (cells.length === 0) return;
    const present = cells.map((cell) => cell.present);
    const given = present.map(({ dims, type }, i) => runtimeTensor(numbers[i], dims, type as ElementType));
    await copy(await this.copierFor(present), given, present);
  }

  private async copierFor(tensors: readonly RuntimeTensor[]): Promise<Session> {
    const shapes = tensors.map(({ type, dims }) => `${type} ${dims}`).join(';');
    if (this.copier && shapes === this.copied) return this.copier;
    await this.copier?.release();
    this.copier = await openCopy(tensors, false);
    this.copied = shapes;
    return this.copier;
  }

  release(cells: Iterable<Cell>): void {
    for (const { present, target } of cells) {
      present.dispose();
      target.dispose();
    }
  }

  async dispose(): Promise<void> {
    for (const session of this.makers.splice(0)) {
      makersInUse.delete(session);
      await session.release();
    }
    await this.copier?.release();
    this.copier = undefined;
  }
}
