// Events of a table for training and prediction, in blocks of bounded memory: features in rows, the label, the weight,
// observers that are kept but not trained on. Cuts take rows away; rows that cannot be used are rejected with a reason.
import { UserError } from '../../core/errors.ts';
import { holds, type NumberArray } from '../expressions/index.ts';
import { type BoundColumn, ColumnBinder } from './event-columns.ts';
import { type LabelMapping, type LabelReader, labelReader } from './event-labels.ts';
import { EventTally } from './event-tally.ts';
import type { Table, TableBlock } from './table.ts';

/** Which columns mean what. Names are columns, derived variables or expressions of them; cuts are expressions. */
export interface EventMapping {
  readonly features: readonly string[];
  readonly label?: LabelMapping;
  /** 1 for every event when left out. */
  readonly weight?: string;
  /** Kept beside the features, in double precision; they may be missing. Columns keep the codes of missing values. */
  readonly observers?: readonly string[];
  /** Observers that are read in single precision, which is faster for text of many digits. */
  readonly single?: readonly string[];
  /** An event is kept when all of them hold; a comparison with a missing value does not. */
  readonly cuts?: readonly string[];
  /** New variables by name; each may use those before it. */
  readonly derived?: Readonly<Record<string, string>>;
  /**
   * Numbers that stand for a missing value (-999): they become NaN before anything is computed, and features may then be
   * NaN. An empty list allows missing features that are NaN or empty in the file. When left out, they are rejected.
   */
  readonly missing?: readonly number[];
}

export interface ReadEventsOptions {
  /** Worker threads for formats that profit (CSV). Default 0. */
  readonly threads?: number;
  /** Whether labels of one class alone and weights that sum to zero are errors. Default true; false for prediction. */
  readonly forTraining?: boolean;
  /** Whether no row at all is fine, as in a shard of a small table. Default false. */
  readonly mayBeEmpty?: boolean;
  readonly signal?: AbortSignal;
}

/** A row that was not used. */
export interface RejectedRow {
  /** Its number as in {@link EventBlock.rowNumbers}. */
  readonly row: number;
  /** Why: `feature lepton_pt is NaN`. */
  readonly what: string;
  /** The row as it stands in a text file. */
  readonly text?: string;
}

/** Consecutive events. */
export interface EventBlock {
  readonly rows: number;
  /** rows x features, row by row. NaN where missing. */
  readonly features: Float32Array;
  /** 1 for signal, 0 for background; undefined without {@link EventMapping.label}. */
  readonly label?: Uint8Array;
  readonly weight: Float64Array;
  readonly observers: Readonly<Record<string, Float64Array>>;
  /** Where each event stands in the table: its line in a text file, else its number; from 1. */
  readonly rowNumbers: Uint32Array;
  /** In the order of the table. */
  readonly rejected: readonly RejectedRow[];
  /** Rows that a cut took away. */
  readonly cutAway: number;
  /** Place in the table after this block, of {@link Table.size}. */
  readonly done: number;
}

interface Plan {
  readonly features: readonly BoundColumn[];
  readonly weight?: BoundColumn;
  readonly observers: readonly BoundColumn[];
  readonly cuts: readonly BoundColumn[];
  readonly label?: LabelMapping & { readonly reader: LabelReader };
  readonly columns: readonly string[];
  readonly float64: readonly string[];
  readonly missing: readonly number[] | undefined;
}

function planOf(table: Table, mapping: EventMapping): Plan {
  const { features, label, weight, observers = [], single = [], cuts = [], derived = {}, missing } = mapping;
  if (features.length === 0) {
    throw new UserError({
      what: 'no features are named',
      where: table.name,
      how: 'name the columns to train on',
    });
  }
  const weights = weight === undefined ? [] : [weight];
  const labels = label === undefined ? [] : [label.column];
  const texts = [...features, ...weights, ...observers, ...cuts, ...labels, ...Object.values(derived)];
  const binder = new ColumnBinder(table, texts);
  for (const [name, text] of Object.entries(derived)) binder.derive(name, text);
  const bound = {
    features: features.map((text) => binder.bind(text)),
    weight: weight === undefined ? undefined : binder.bind(weight),
    observers: observers.map((text) => binder.bind(text)),
    cuts: cuts.map((text) => binder.bind(text)),
  };
  // A feature that is a column is rounded once, from the file to float32; all that is computed with is double.
  const isPlain = ({ name, needs }: BoundColumn): boolean => needs.length === 1 && needs[0] === name;
  const computed = [
    ...bound.features.filter((feature) => !isPlain(feature)),
    ...bound.observers.filter((observer) => !(isPlain(observer) && single.includes(observer.name))),
    ...bound.cuts,
    ...(bound.weight ? [bound.weight] : []),
  ];
  const float64 = [...new Set([...labels, ...computed.flatMap(({ needs }) => needs)])];
  const plain = [...bound.features, ...bound.observers];
  const columns = [...new Set([...float64, ...plain.flatMap(({ needs }) => needs)])];
  return { ...bound, label: label && { ...label, reader: labelReader(label) }, columns, float64, missing };
}

const finite = (value: number): boolean => value - value === 0;

function eraseMissing(values: NumberArray, codes: readonly number[]): void {
  for (const code of codes) {
    const rounded = values instanceof Float32Array ? Math.fround(code) : code;
    for (let row = 0; row < values.length; row++) if (values[row] === rounded) values[row] = Number.NaN;
  }
}

function blockOf(block: TableBlock, plan: Plan, tally: EventTally): EventBlock {
  const { rows, columns } = block;
  // What is kept of a column is kept as it stands in the file, codes and all.
  const asInFile: Record<string, NumberArray> = {};
  if (plan.missing !== undefined && plan.missing.length > 0) {
    for (const { name, needs } of plan.observers) {
      if (needs.length === 1 && needs[0] === name) asInFile[name] = columns[name].slice();
    }
    const kept = new Set([plan.label?.column, ...(plan.weight?.needs ?? [])]);
    for (const [name, values] of Object.entries(columns))
      if (!kept.has(name)) eraseMissing(values, plan.missing);
  }
  const keep = new Uint8Array(rows).fill(1);
  let left = rows;
  plan.cuts.forEach((cut, place) => {
    const values = cut.evaluate(columns, rows);
    for (let row = 0; row < rows; row++) {
      if (keep[row] === 0 || holds(values[row])) continue;
      keep[row] = 0;
      left -= 1;
    }
    tally.cut(place, left);
  });
  const cutAway = rows - left;

  const rejected: RejectedRow[] = [...block.bad];
  const reject = (row: number, what: string): void => {
    keep[row] = 0;
    left -= 1;
    rejected.push({ row: block.rowNumbers[row], what });
  };
  const labels = plan.label && new Uint8Array(rows);
  if (plan.label !== undefined && labels !== undefined) {
    const { column, reader } = plan.label;
    const values = columns[column];
    for (let row = 0; row < rows; row++) {
      if (keep[row] === 0) continue;
      const label = reader.read(values[row]);
      if (label !== undefined) labels[row] = label;
      else {
        const shown = Number.isNaN(values[row]) ? 'missing' : reader.codes ? 'another word' : values[row];
        reject(row, `label ${column} is ${shown}, expected ${reader.expected}`);
      }
    }
  }
  const weights = plan.weight?.evaluate(columns, rows);
  if (weights !== undefined) {
    for (let row = 0; row < rows; row++) {
      if (keep[row] === 1 && !finite(weights[row]))
        reject(row, `weight ${plan.weight!.name} is ${weights[row]}`);
    }
  }
  const features = plan.features.map((feature) => feature.evaluate(columns, rows));
  const mayMiss = plan.missing !== undefined;
  features.forEach((values, place) => {
    for (let row = 0; row < rows; row++) {
      const value = values[row];
      if (finite(value) || keep[row] === 0 || (mayMiss && Number.isNaN(value))) continue;
      reject(row, `feature ${plan.features[place].name} is ${value}`);
    }
  });
  if (rejected.length > block.bad.length) rejected.sort((a, b) => a.row - b.row);

  const chosen = new Uint32Array(left);
  for (let row = 0, to = 0; row < rows; row++) if (keep[row] === 1) chosen[to++] = row;
  const width = features.length;
  const out = new Float32Array(left * width);
  features.forEach((values, place) => {
    for (let i = 0, to = place; i < left; i++, to += width) out[to] = values[chosen[i]];
  });
  const weight = new Float64Array(left).fill(1);
  if (weights !== undefined) for (let i = 0; i < left; i++) weight[i] = weights[chosen[i]];
  const observers = plan.observers.map((observer) => {
    const values = asInFile[observer.name] ?? observer.evaluate(columns, rows);
    const kept = new Float64Array(left);
    for (let i = 0; i < left; i++) kept[i] = values[chosen[i]];
    return [observer.name, kept] as const;
  });
  const label = labels && new Uint8Array(left);
  if (label !== undefined && labels !== undefined) {
    for (let i = 0; i < left; i++) label[i] = labels[chosen[i]];
  }
  const rowNumbers = new Uint32Array(left);
  for (let i = 0; i < left; i++) rowNumbers[i] = block.rowNumbers[chosen[i]];
  tally.add(rows + block.bad.length, rejected, label, weight);
  return {
    rows: left,
    features: out,
    label,
    weight,
    observers: Object.fromEntries(observers),
    rowNumbers,
    rejected,
    cutAway,
    done: block.done,
  };
}

/**
 * The events of a table, in its order.
 *
 * @throws UserError at once for unknown names (with near ones) and wrong expressions; after the last block when no event
 *   is left (naming the cut that keeps nothing), and for training when all labels are of one class or weights sum to zero
 */
export async function* readEvents(
  table: Table,
  mapping: EventMapping,
  { threads = 0, forTraining = true, mayBeEmpty = false, signal }: ReadEventsOptions = {},
): AsyncGenerator<EventBlock> {
  const plan = planOf(table, mapping);
  const tally = new EventTally(
    table,
    plan.cuts.map(({ name }) => name),
  );
  const { columns, float64, label } = plan;
  const codes = label?.reader.codes && { [label.column]: label.reader.codes };
  for await (const block of table.blocks({ columns, float64, codes, threads, signal }))
    yield blockOf(block, plan, tally);
  if (!mayBeEmpty) tally.check(forTraining);
}
