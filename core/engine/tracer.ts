// Traces a step: runs it once on the recording backend with placeholders for its inputs and for every tf.Variable,
// and reads off what it returned and which variables it assigned. Variables that the step creates on the way (the slots
// of tfjs's own optimisers) become state as well, with what they were created from as their first value.
import { engine, getBackend, setBackend, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { backendName, recorder } from './backend.ts';
import { cast } from './graph/operators.ts';
import { constant, record, type Value } from './graph/value.ts';
import { stepCounter } from './kernels/random.ts';
import { whileTracing } from './layer-hooks.ts';
import type { InputSpecs, Step } from './program.ts';
import { randomClock } from './random-op.ts';
import './tfjs.ts';

/** Name of the graph input that carries the step counter of the random op. */
export const STEP_INPUT = '$step';

/** A variable as the graph sees it. */
export interface TracedVariable {
  readonly variable: Variable;
  /** Graph input with the value before the call. */
  readonly before: Value;
  /** The value after the call; `before` itself when the steps only read it. */
  readonly after: Value;
  /** Numbers before the first call, or a value to compute them from for a variable born in the step. */
  readonly initial: Value;
}

export interface Trace {
  /** What each step returned. */
  readonly results: readonly Readonly<Record<string, Value>>[];
  /** Every variable that stood or was made during the trace, read or not. */
  readonly variables: readonly TracedVariable[];
}

/** Key of an input in the graph: the step's number is part of it when a call runs several. */
export const inputKey = (name: string, step: number, steps: number): string =>
  steps === 1 ? name : `${name}@${step}`;

const tensorOf = (value: Value): Tensor => engine().makeTensorFromTensorInfo(recorder.wrap(value));

interface Adopted {
  readonly before: Value;
  readonly initial: Value;
}

/** Lets `variable` stand for a graph input from here on. */
function adopt(variable: Variable, index: number): Adopted {
  const initial = recorder.lookup(variable);
  const before: Value = { input: `$state${index}`, shape: variable.shape, dtype: initial.dtype };
  replace(variable, before);
  return { before, initial };
}

function replace(variable: Variable, value: Value): void {
  const tensor = tensorOf(value);
  variable.assign(tensor);
  tensor.dispose();
}

/** Runs `work` with `created` called for every variable that is made meanwhile. */
function watchNewVariables<T>(created: (variable: Variable) => void, work: () => T): T {
  const host = engine();
  const original = host.makeVariable;
  host.makeVariable = (...parameters) => {
    const variable = original.apply(host, parameters);
    created(variable);
    return variable;
  };
  try {
    return work();
  } finally {
    host.makeVariable = original;
  }
}

/**
 * Traces `steps` consecutive runs of a step.
 *
 * @throws whatever the step throws; the variables are left as they were
 */
export function trace(step: Step, inputs: InputSpecs, steps: number): Trace {
  const previous = getBackend();
  void setBackend(backendName);
  const adopted = new Map<Variable, Adopted>();
  const take = (variable: Variable): void => {
    adopted.set(variable, adopt(variable, adopted.size));
  };
  const counter: Value = { input: STEP_INPUT, shape: [], dtype: 'uint32' };
  try {
    for (const variable of Object.values(engine().registeredVariables)) take(variable);
    const results = watchNewVariables(take, () =>
      whileTracing(() => Array.from({ length: steps }, (_, k) => runOnce(step, inputs, k, steps, counter))),
    );
    const variables = [...adopted].map(([variable, { before, initial }]) => ({
      variable,
      before,
      initial,
      after: recorder.lookup(variable),
    }));
    return { results, variables };
  } finally {
    for (const [variable, { initial }] of adopted) {
      if (!variable.isDisposed) replace(variable, initial);
    }
    void setBackend(previous);
  }
}

function runOnce(
  step: Step,
  inputs: InputSpecs,
  k: number,
  steps: number,
  counter: Value,
): Record<string, Value> {
  randomClock.calls = 0;
  stepCounter.value = k === 0 ? counter : offset(counter, k);
  const values: Record<string, Value> = {};
  tidy(() => {
    const placeholders = Object.entries(inputs).map(([key, { shape, dtype = 'float32', storage }]) => {
      const fed: Value = { input: inputKey(key, k, steps), shape, dtype: storage ?? dtype };
      return [key, tensorOf(cast(fed, dtype))] as const;
    });
    const returned = step(Object.fromEntries(placeholders));
    for (const [key, tensor] of Object.entries(returned)) values[key] = recorder.lookup(tensor);
  });
  return values;
}

const offset = (counter: Value, k: number): Value =>
  record('Add', [counter, constant(Uint32Array.of(k), [], 'uint32')]);
