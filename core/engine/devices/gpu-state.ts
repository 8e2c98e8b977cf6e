// State on the graphics card: a call leaves its new numbers in a buffer there, which is fed to the next call as it is.
// Numbers go up and come down through graphs that copy, because ONNX Runtime 1.30 ends the process when JavaScript reads
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
  readonly target = null;

  constructor(public present: RuntimeTensor) {}

  replace(written: RuntimeTensor): void {
    // Nobody else frees it: the runtime's tensors on the card are not known to the garbage collector by their size.
    this.present.dispose();
    this.present = written;
  }
}

const inputKey = (i: number): string => `x${i}`;
const outputKey = (i: number): string => `y${i}`;

/** Copies tensors to the card or from it. The graph is kept as long as the tensors have the same shapes. */
class Copier {
  private session: Session | undefined;
  private shapes = '';

  constructor(
    private readonly name: string,
    private readonly to: 'cpu' | 'gpu-buffer',
  ) {}

  async copy(tensors: readonly RuntimeTensor[]): Promise<RuntimeTensor[]> {
    if (tensors.length === 0) return [];
    const session = await this.sessionFor(tensors);
    const feeds = Object.fromEntries(tensors.map((tensor, i) => [inputKey(i), tensor]));
    const fetches = Object.fromEntries(tensors.map((_, i) => [outputKey(i), null]));
    const copies = await runSession(session, this.name, feeds, fetches);
    return tensors.map((_, i) => copies[outputKey(i)]);
  }

  private async sessionFor(tensors: readonly RuntimeTensor[]): Promise<Session> {
    const shapes = tensors.map(({ type, dims }) => `${type} ${dims}`).join(';');
    if (this.session && shapes === this.shapes) return this.session;
    await this.dispose();
    const outputs = tensors.map(({ type, dims }, i): [string, Value] => [
      outputKey(i),
      { input: inputKey(i), shape: dims, dtype: type as ElementType },
    ]);
    const { bytes } = encodeModel(Object.fromEntries(outputs), { name: this.name });
    const onGpu = this.to === 'gpu-buffer' ? outputs.map(([key]) => key) : [];
    this.session = await openSession(bytes, this.name, { provider: 'webgpu', onGpu });
    this.shapes = shapes;
    return this.session;
  }

  async dispose(): Promise<void> {
    await this.session?.release();
    this.session = undefined;
  }
}

/** Cells in buffers of ONNX Runtime's WebGPU provider. */
export class GpuStore implements StateStore {
  readonly location = 'gpu-buffer';
  private readonly up = new Copier('state to the GPU', 'gpu-buffer');
  private readonly down = new Copier('state from the GPU', 'cpu');

  async create(values: readonly Value[]): Promise<Cell[]> {
    const numbers = values.map(({ constant, shape, dtype }) => runtimeTensor(constant!, shape, dtype));
    return (await this.up.copy(numbers)).map((tensor) => new GpuCell(tensor));
  }

  async read(cells: readonly Cell[]): Promise<Constant[]> {
    const copies = await this.down.copy(cells.map(({ present }) => present));
    return copies.map(({ data }) => data as Constant);
  }

  async write(cells: readonly Cell[], numbers: readonly Constant[]): Promise<void> {
    const given = cells.map(({ present: { dims, type } }, i) =>
      runtimeTensor(numbers[i], dims, type as ElementType),
    );
    const copies = await this.up.copy(given);
    cells.forEach((cell, i) => {
      cell.replace(copies[i]);
    });
  }

  release(cells: Iterable<Cell>): void {
    for (const { present } of cells) present.dispose();
  }

  async dispose(): Promise<void> {
    await this.up.dispose();
    await this.down.dispose();
  }
}
