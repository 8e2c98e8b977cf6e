// Leaves the number of rows of a traced graph open. The same pass, traced with two, three and seven rows, must be the same
// graph but for numbers that say how large something is: a shape, the ends of a slice, zeros as many as the rows. Where
// such a number grows in step with the rows it is computed from the shape of an input instead.
import { expand } from './graph/operators.ts';
import { int64, type Node, record, scalar, type Value } from './graph/value.ts';
import { TraceError } from './layer-hooks.ts';

/** Nodes of one trace, in order. */
export type RowTrace = readonly Node[];

type Three<T> = readonly [T, T, T];

const ROWS: Three<number> = [2, 3, 7];

const same = <T>(values: readonly T[]): boolean => values.every((value) => value === values[0]);

const sameNumbers = (values: Three<Value>): boolean =>
  same(values.map(({ constant }) => constant!.length)) &&
  values[0].constant!.every((n, i) => values.every(({ constant }) => constant![i] === n));

/** `slope * rows + offset` for each element, undefined unless that gives the numbers of all traces. */
function linear(numbers: Three<readonly number[]>): { slope: number[]; offset: number[] } | undefined {
  const [two, three] = numbers;
  if (!same(numbers.map(({ length }) => length))) return undefined;
  const slope = two.map((n, i) => three[i] - n);
  const offset = two.map((n, i) => n - ROWS[0] * slope[i]);
  const fits = numbers.every((trace, t) => trace.every((n, i) => n === slope[i] * ROWS[t] + offset[i]));
  return fits ? { slope, offset } : undefined;
}

/** Lets `value`, a constant so far, be what `made` computes. */
function become(value: Value, made: Value): void {
  value.constant = undefined;
  value.node = made.node;
  made.node!.outputs[0] = value;
}

/** A whole-number vector that depends on the rows, computed from them. */
function computed({ slope, offset }: { slope: number[]; offset: number[] }, input: Value): Value {
  const rows = record('Shape', [input], { start: 0, end: 1 }, [1], 'int64');
  return record('Add', [record('Mul', [rows, int64(slope)], {}, [slope.length]), int64(offset)]);
}

/** Opens a vector of int64: a shape or the ends of a slice. In a Reshape one -1 will do. */
function openVector(values: Three<Value>, op: string, input: Value): boolean {
  const numbers = values.map(({ constant }) => Array.from(constant as BigInt64Array, Number));
  const line = linear(numbers as unknown as Three<number[]>);
  if (!line) return false;
  const growing = line.slope.flatMap((n, i) => (n === 0 ? [] : [i]));
  if (op === 'Reshape' && growing.length === 1 && line.offset[growing[0]] === 0) {
    values[0].constant = BigInt64Array.from(numbers[0], (n, i) => (i === growing[0] ? -1n : BigInt(n)));
    return true;
  }
  become(values[0], computed(line, input));
  return true;
}

/** Opens a constant that is one number over and over, as many times as there are rows: an initial state. */
function openFilling(values: Three<Value>, input: Value): boolean {
  const [{ constant, dtype }] = values;
  const number: number | undefined = (constant as Float32Array)[0];
  const uniform = values.every((value) => (value.constant as Float32Array).every((n) => n === number));
  const line = linear(values.map(({ shape }) => shape) as unknown as Three<number[]>);
  if (!uniform || !line || number === undefined) return false;
  const filling = expand(scalar(number, dtype), values[0].shape);
  // The shape is the second input of Expand.
  become(filling.node!.inputs[1]!, computed(line, input));
  become(values[0], filling);
  return true;
}

function openInput(values: readonly (Value | undefined)[], op: string, input: Value | undefined): boolean {
  const constants = values.filter((value) => value?.constant !== undefined) as Value[];
  if (constants.length < values.length) return constants.length === 0 && same(values.map((v) => !v));
  const all = constants as unknown as Three<Value>;
  if (sameNumbers(all) && same(all.map(({ shape }) => String(shape)))) return true;
  if (!input) return false;
  return all[0].dtype === 'int64' ? openVector(all, op, input) : openFilling(all, input);
}

/**
 * Rewrites the first trace for any number of rows.
 *
 * @param input graph input whose first dimension is the rows
 * @throws TraceError naming the layer where the traces differ in another way
 */
export function openBatch(traces: Three<RowTrace>, input: Value | undefined): void {
  if (!same(traces.map(({ length }) => length))) {
    throw new TraceError('exportModel: the forward pass is another graph for another number of rows');
  }
  traces[0].forEach((node, i) => {
    const nodes = traces.map((trace) => trace[i]);
    const alike =
      same(nodes.map(({ op }) => op)) &&
      same(nodes.map(({ attributes }) => JSON.stringify(attributes))) &&
      same(nodes.map(({ inputs }) => inputs.length));
    // Constants that were opened for an earlier node are no longer constants: they were compared there.
    const opened = (value: Value | undefined, k: number): boolean =>
      value?.node !== undefined && nodes[1].inputs[k]?.constant !== undefined;
    const open =
      alike &&
      node.inputs.every(
        (value, k) =>
          opened(value, k) ||
          openInput(
            nodes.map(({ inputs }) => inputs[k]),
            node.op,
            input,
          ),
      );
    if (!open) {
      throw new TraceError(
        `exportModel: ${node.origin || node.op} depends on the number of rows in a way that ONNX cannot leave open`,
      );
    }
  });
}
