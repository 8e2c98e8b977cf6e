// Engines that run on ONNX Runtime: a step is traced once into one graph, and the variables stay between calls as
// runtime tensors in the store of the execution provider.
import { tensor, type Variable } from '@tensorflow/tfjs-core';
import { checkFeeds, feedArray } from '../feeds.ts';
import { type Form, storedShape } from '../graph/blocked/forms.ts';
import { evaluate } from '../graph/evaluate.ts';
import { encodeModel } from '../graph/model.ts';
import { type LaidOutState, layOut } from '../graph/optimise/layouts.ts';
import { shorten } from '../graph/optimise/shorten.ts';
import {
  emptyTensor,
  openSession,
  type RuntimeTensor,
  runInto,
  runSession,
  runtimeTensor,
  type Session,
  STOP,
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
import { inputKey, STEP_INPUT, type TracedVariable, trace } from '../tracer.ts';
import { fromDevice, type Keeping, keptAs, toDevice } from './kept-numbers.ts';
import type { Provider } from './provider.ts';
import type { Cell, StateStore } from './state-store.ts';

const resultKey = (name: string, step: number): string => `${name}#${step}`;

/** A variable's numbers on the device, and the order of axes and the form that they stand in there. */
interface Place extends Keeping {
  readonly cell: Cell;
}

/** A variable's place in a graph: the name of an input or output, and the cell behind it. */
interface Binding {
  readonly key: string;
  readonly cell: Cell;
}

/** A traced variable in the order of axes that it is kept in. */
type LaidOutVariable = Pick<TracedVariable, 'variable' | 'initial'> & LaidOutState & { readonly form: Form };

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
    private readonly results: Readonly<Record<string, Value>>,
    private readonly intoGiven: boolean,
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
    const targets = Object.fromEntries(this.written.map(({ key, cell }) => [key, cell.target]));
    const outputs = await this.outputs(fed, targets);
    for (const { cell } of this.written) cell.replace();
    this.step += this.stepsPerCall;
    return feeds.map((_, k) => this.resultsOf(outputs, k));
  }

  private async outputs(
    fed: Record<string, RuntimeTensor>,
    targets: Record<string, RuntimeTensor | null>,
  ): Promise<Record<string, RuntimeTensor>> {
    const results = Object.entries(this.results).map(([key, { shape, dtype }]) => {
      return [key, this.intoGiven ? emptyTensor(shape, dtype) : null] as const;
    });
    const fetches = { ...targets, ...Object.fromEntries(results) };
    if (!this.intoGiven) return runSession(this.session, this.name, fed, fetches);
    const given = fetches as Record<string, RuntimeTensor>;
    await runInto(this.session, this.name, fed, given);
    return given;
  }

  private resultsOf(outputs: Record<string, RuntimeTensor>, k: number): Results {
    const own = Object.keys(this.results).filter((key) => key.endsWith(`#${k}`));
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
  private readonly places = new Map<Variable, Place>();
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
    const named = traced.results.flatMap((result, k) =>
      Object.entries(result).map(([key, value]) => [resultKey(key, k), value] as const),
    );
    const laidOut = layOut(
      named.map(([, value]) => value),
      traced.variables.map(({ variable, before, after }) => {
        return { before, after, settled: this.places.get(variable)?.order };
      }),
    );
    const outputs = Object.fromEntries(named.map(([key], i) => [key, laidOut.results[i]]));
    for (const { before, after } of laidOut.states) if (after !== before) outputs[writtenKey(before)] = after;
    const adapted = this.provider.adapt(
      shorten(outputs),
      traced.variables.map(({ variable }, i) => {
        const { before, after } = laidOut.states[i];
        const settled = this.places.get(variable)?.form;
        return { before, written: after === before ? undefined : writtenKey(before), settled };
      }),
    );
    const states = traced.variables.map(
      ({ variable, initial }, i): LaidOutVariable => ({
        variable,
        initial,
        ...laidOut.states[i],
        form: adapted.forms[i],
      }),
    );
    const written = states.filter(({ before, after }) => after !== before);
    const { bytes, inputs: reads } = encodeModel(adapted.outputs, {
      name,
      ...(this.provider.intoGiven ? { firstOutput: STOP } : {}),
    });
    const isRead = ({ before }: LaidOutVariable): boolean => reads.has(before.input!);
    const used = states.filter((v) => isRead(v) || written.includes(v));
    await this.admit(used);
    const session = await openSession(bytes, name, { provider: this.provider.name, ...this.options });
    const bind = (key: string, { variable }: LaidOutVariable): Binding => ({
      key,
      cell: this.places.get(variable)!.cell,
    });
    return new OnnxProgram(
      name,
      stepsPerCall,
      session,
      inputs,
      reads,
      used.filter(isRead).map((v) => bind(v.before.input!, v)),
      written.map((v) => bind(writtenKey(v.before), v)),
      Object.fromEntries(named),
      this.provider.intoGiven,
    );
  }

  /** Gives variables that are new to the device their place on it. */
  private async admit(variables: readonly LaidOutVariable[]): Promise<void> {
    const fresh = variables.filter(({ variable }) => !this.places.has(variable));
    evaluate(fresh.map(({ initial }) => initial));
    const cells = await this.store.create(
      fresh.map(({ initial: { constant, shape, dtype }, ...place }) => ({
        constant: toDevice(constant!, shape, place),
        shape: storedShape(keptAs(shape, place)),
        dtype,
      })),
    );
    fresh.forEach(({ variable, order, form }, i) => {
      this.places.set(variable, { cell: cells[i], order, form });
    });
  }

  /** The variables that are still in use, with their places; the cells of the others are freed. */
  private living(): readonly { readonly variable: Variable; readonly place: Place }[] {
    for (const [variable, { cell }] of this.places) {
      if (!variable.isDisposed) continue;
      this.places.delete(variable);
      this.store.release([cell]);
    }
    return [...this.places].map(([variable, place]) => ({ variable, place }));
  }

  async pull(): Promise<void> {
    const living = this.living();
    const numbers = await this.store.read(living.map(({ place }) => place.cell));
    living.forEach(({ variable, place }, i) => {
      const values = fromDevice(numbers[i], variable.shape, place);
      const copy = tensor(values as Float32Array, variable.shape, variable.dtype);
      variable.assign(copy);
      copy.dispose();
    });
  }

  async push(): Promise<void> {
    const living = this.living();
    const numbers = await Promise.all(
      living.map(async ({ variable, place }) => {
        const values = (await variable.data()) as Float32Array;
        if (values.length !== sizeOf(variable.shape))
          throw new Error(`variable ${variable.name} lost its numbers`);
        return toDevice(values, variable.shape, place);
      }),
    );
    await this.store.write(
      living.map(({ place }) => place.cell),
      numbers,
    );
  }

  async dispose(): Promise<void> {
    this.store.release([...this.places.values()].map(({ cell }) => cell));
    this.places.clear();
    await this.store.dispose();
  }
}

/** Graph output with what the call leaves in a variable. */
const writtenKey = (before: Value): string => `${before.input}'`;
