// Engines that run on ONNX Runtime: a step is traced once into one graph, and the variables stay between calls as
// runtime tensors in the store of the execution provider.
import { tensor, type Variable } from '@tensorflow/tfjs-core';
import { checkFeeds, feedArray } from '../feeds.ts';
import { evaluate } from '../graph/evaluate.ts';
import { encodeModel } from '../graph/model.ts';
import {
  openSession,
  type RuntimeTensor,
  runSession,
  runtimeTensor,
  type Session,
} from '../graph/session.ts';
import type { Value } from '../graph/value.ts';
import type {
  CompileOptions,
  Engine,
  EngineOptions,
  Feeds,
  InputSpecs,
  Program,
  Results,
  Step,
} from '../program.ts';
import { type DType, sizeOf } from '../tensor-data.ts';
import { inputKey, STEP_INPUT, type Trace, type TracedVariable, trace } from '../tracer.ts';
import type { Provider } from './provider.ts';
import type { Cell, StateStore } from './state-store.ts';

const resultKey = (name: string, step: number): string => `${name}#${step}`;

/** A variable's place in a graph: the name of an input or output, and the cell behind it. */
interface Binding {
  readonly key: string;
  readonly cell: Cell;
}

/** One graph with its session, run against the engine's variables. */
class OnnxProgram implements Program {
  step = 0;

  constructor(
    readonly name: string,
    readonly stepsPerCall: number,
    private readonly session: Session,
    private readonly inputs: InputSpecs,
    private readonly reads: ReadonlySet<string>,
    private readonly read: readonly Binding[],
    private readonly written: readonly Binding[],
    private readonly results: readonly string[],
  ) {}

  async run(...feeds: readonly Feeds[]): Promise<Results[]> {
    checkFeeds(this.name, this.inputs, feeds, this.stepsPerCall);
    const fed: Record<string, RuntimeTensor> = {};
    feeds.forEach((feed, k) => {
      for (const [name, spec] of Object.entries(this.inputs)) {
        const key = inputKey(name, k, this.stepsPerCall);
        const array = feedArray(this.name, name, spec, feed);
        if (this.reads.has(key))
          fed[key] = runtimeTensor(array, spec.shape, spec.storage ?? spec.dtype ?? 'float32');
      }
    });
    if (this.reads.has(STEP_INPUT)) fed[STEP_INPUT] = runtimeTensor(Uint32Array.of(this.step), [], 'uint32');
    for (const { key, cell } of this.read) fed[key] = cell.present;
    const fetches: Record<string, RuntimeTensor | null> = {};
    for (const key of this.results) fetches[key] = null;
    for (const { key, cell } of this.written) fetches[key] = cell.target;
    const outputs = await runSession(this.session, this.name, fed, fetches);
    for (const { cell } of this.written) cell.replace();
    this.step += this.stepsPerCall;
    return feeds.map((_, k) => this.resultsOf(outputs, k));
  }

  private resultsOf(outputs: Record<string, RuntimeTensor>, k: number): Results {
    const own = this.results.filter((key) => key.endsWith(`#${k}`));
    return Object.fromEntries(
      own.map((key) => {
        const { type, dims, data } = outputs[key];
        return [
          key.slice(0, key.lastIndexOf('#')),
          { dtype: type as DType, shape: dims, data: data as Float32Array },
        ];
      }),
    );
  }

  async dispose(): Promise<void> {
    await this.session.release();
  }
}

/** An engine over one execution provider of ONNX Runtime. */
export class OnnxEngine implements Engine {
  private readonly cells = new Map<Variable, Cell>();
  private readonly store: StateStore;

  constructor(
    readonly device: string,
    private readonly provider: Provider,
    private readonly options: EngineOptions = {},
  ) {
    this.store = provider.newStore();
  }

  async compile(step: Step, inputs: InputSpecs, options: CompileOptions = {}): Promise<Program> {
    const { name = 'step', stepsPerCall = 1 } = options;
    if (!Number.isInteger(stepsPerCall) || stepsPerCall < 1) {
      throw new RangeError(`compile: expected an integer stepsPerCall >= 1, got ${stepsPerCall}`);
    }
    const traced = trace(step, inputs, stepsPerCall);
    const written = traced.variables.filter(({ before, after }) => after !== before);
    const outputs: Record<string, Value> = {};
    traced.results.forEach((result, k) => {
      for (const [key, value] of Object.entries(result)) outputs[resultKey(key, k)] = value;
    });
    const results = Object.keys(outputs);
    for (const { before, after } of written) outputs[writtenKey(before)] = after;
    const { bytes, inputs: reads } = encodeModel(this.provider.adapt(outputs), { name });
    const isRead = ({ before }: TracedVariable): boolean => reads.has(before.input!);
    const used = traced.variables.filter((v) => isRead(v) || written.includes(v));
    await this.admit(used);
    const session = await openSession(bytes, name, { provider: this.provider.name, ...this.options });
    const bind = (key: string, { variable }: TracedVariable): Binding => ({
      key,
      cell: this.cells.get(variable)!,
    });
    return new OnnxProgram(
      name,
      stepsPerCall,
      session,
      inputs,
      reads,
      used.filter(isRead).map((v) => bind(v.before.input!, v)),
      written.map((v) => bind(writtenKey(v.before), v)),
      results,
    );
  }

  /** Gives variables that are new to the device their place on it. */
  private async admit(variables: Trace['variables']): Promise<void> {
    const fresh = variables.filter(({ variable }) => !this.cells.has(variable));
    evaluate(fresh.map(({ initial }) => initial));
    const cells = await this.store.create(fresh.map(({ initial }) => initial));
    fresh.forEach(({ variable }, i) => {
      this.cells.set(variable, cells[i]);
    });
  }

  /** The variables that are still in use; the cells of the others are freed. */
  private living(): { readonly variables: Variable[]; readonly cells: Cell[] } {
    for (const [variable, cell] of this.cells) {
      if (!variable.isDisposed) continue;
      this.cells.delete(variable);
      this.store.release([cell]);
    }
    return { variables: [...this.cells.keys()], cells: [...this.cells.values()] };
  }

  async pull(): Promise<void> {
    const { variables, cells } = this.living();
    const numbers = await this.store.read(cells);
    variables.forEach((variable, i) => {
      const copy = tensor(numbers[i] as Float32Array, variable.shape, variable.dtype);
      variable.assign(copy);
      copy.dispose();
    });
  }

  async push(): Promise<void> {
    const { variables, cells } = this.living();
    const numbers = await Promise.all(variables.map(async (v) => (await v.data()) as Float32Array));
    numbers.forEach(({ length }, i) => {
      const { name, shape } = variables[i];
      if (length !== sizeOf(shape)) throw new Error(`variable ${name} lost its numbers`);
    });
    await this.store.write(cells, numbers);
  }

  async dispose(): Promise<void> {
    this.store.release(this.cells.values());
    this.cells.clear();
    await this.store.dispose();
  }
}

/** Graph output with what the call leaves in a variable. */
const writtenKey = (before: Value): string => `${before.input}'`;
