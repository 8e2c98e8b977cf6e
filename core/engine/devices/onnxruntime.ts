// Engines that run on ONNX Runtime: a step is traced once into one graph, and the variables stay between calls as
// runtime tensors, written into one of two buffers in turn so that a call allocates nothing for them.
import { tensor, type Variable } from '@tensorflow/tfjs-core';
import { checkFeeds, feedArray } from '../feeds.ts';
import { evaluate } from '../graph/evaluate.ts';
import { encodeModel } from '../graph/model.ts';
import {
  emptyTensor,
  openSession,
  type RuntimeTensor,
  runSession,
  runtimeTensor,
  type Session,
} from '../graph/session.ts';
import type { Constant, Value } from '../graph/value.ts';
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

/** A variable's numbers on the device: the present ones, and the buffer that the next call writes. */
interface State {
  present: RuntimeTensor;
  spare: RuntimeTensor;
}

const resultKey = (name: string, step: number): string => `${name}#${step}`;

const copyOf = (data: Constant): Constant => data.slice();

function newState({ shape, dtype, constant }: Value): State {
  return { present: runtimeTensor(copyOf(constant!), shape, dtype), spare: emptyTensor(shape, dtype) };
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
    private readonly read: readonly { key: string; state: State }[],
    private readonly written: readonly { key: string; state: State }[],
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
    for (const { key, state } of this.read) fed[key] = state.present;
    const fetches: Record<string, RuntimeTensor | null> = {};
    for (const key of this.results) fetches[key] = null;
    for (const { key, state } of this.written) fetches[key] = state.spare;
    const outputs = await runSession(this.session, this.name, fed, fetches);
    for (const { state } of this.written) [state.present, state.spare] = [state.spare, state.present];
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
  private readonly states = new Map<Variable, State>();

  constructor(
    readonly device: string,
    private readonly provider: string,
    private readonly options: EngineOptions = {},
  ) {}

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
    for (const { before, after } of written) outputs[`${before.input}'`] = after;
    const { bytes, inputs: reads } = encodeModel(outputs, { name });
    const used = traced.variables.filter((v) => reads.has(v.before.input!) || written.includes(v));
    this.admit(used);
    const session = await openSession(bytes, name, { provider: this.provider, ...this.options });
    const stateOf = ({ variable }: TracedVariable): State => this.states.get(variable)!;
    return new OnnxProgram(
      name,
      stepsPerCall,
      session,
      inputs,
      reads,
      used
        .filter((v) => reads.has(v.before.input!))
        .map((v) => ({ key: v.before.input!, state: stateOf(v) })),
      written.map((v) => ({ key: `${v.before.input}'`, state: stateOf(v) })),
      results,
    );
  }

  /** Gives variables that are new to the device their place on it. */
  private admit(variables: Trace['variables']): void {
    const fresh = variables.filter(({ variable }) => !this.states.has(variable));
    evaluate(fresh.map(({ initial }) => initial));
    for (const { variable, initial } of fresh) this.states.set(variable, newState(initial));
  }

  async pull(): Promise<void> {
    for (const [variable, { present }] of this.states) {
      if (variable.isDisposed) {
        this.states.delete(variable);
        continue;
      }
      const copy = tensor(copyOf(present.data as Constant) as Float32Array, variable.shape, variable.dtype);
      variable.assign(copy);
      copy.dispose();
    }
  }

  async push(): Promise<void> {
    for (const [variable, { present }] of this.states) {
      if (variable.isDisposed) {
        this.states.delete(variable);
        continue;
      }
      const values = (await variable.data()) as Float32Array;
      if (values.length !== sizeOf(variable.shape))
        throw new Error(`variable ${variable.name} lost its numbers`);
      (present.data as Float32Array).set(values);
    }
  }

  async dispose(): Promise<void> {
    this.states.clear();
  }
}
