// State in host memory: two buffers for each variable, of which a call reads one and writes the other, so that calls
// allocate nothing for them.
import { emptyTensor, type RuntimeTensor, runtimeTensor } from '../graph/session.ts';
import type { Constant, Value } from '../graph/value.ts';
import type { Cell, StateStore } from './state-store.ts';

class HostCell implements Cell {
  constructor(
    public present: RuntimeTensor,
    public target: RuntimeTensor,
  ) {}

  replace(): void {
    [this.present, this.target] = [this.target, this.present];
  }
}

const newCell = ({ shape, dtype, constant }: Value): HostCell =>
  new HostCell(runtimeTensor(constant!.slice(), shape, dtype), emptyTensor(shape, dtype));

/** Cells in host memory. */
export class HostStore implements StateStore {
  async create(values: readonly Value[]): Promise<Cell[]> {
    return values.map(newCell);
  }

  async read(cells: readonly Cell[]): Promise<Constant[]> {
    return cells.map(({ present }) => (present.data as Constant).slice());
  }

  async write(cells: readonly Cell[], numbers: readonly Constant[]): Promise<void> {
    cells.forEach(({ present }, i) => {
      (present.data as Float32Array).set(numbers[i] as Float32Array);
    });
  }

  release(): void {}

  async dispose(): Promise<void> {}
}
