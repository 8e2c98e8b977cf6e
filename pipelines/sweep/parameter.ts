// One swept setting: `training.learningRate=log:1e-4..1e-1`. What a person writes becomes values for places in [0, 1), so
// that every strategy draws from it alike. Whether the domain takes the values is check-parameters.ts's question.
import { UserError } from '../../core/errors.ts';
import { parseYaml } from '../config/parse-yaml.ts';

/** A setting and the values that it may take. */
export interface Parameter {
  /** Path as `--set` takes it: `training.learningRate`. */
  readonly path: string;
  /** As it was written: `log:1e-4..1e-1`. */
  readonly spec: string;
  readonly scale: 'log' | 'lin' | 'int' | 'list';
  /** Bounds of a range. */
  readonly bounds?: readonly [number, number];
  /** All values, where they are few: of a list, of a range divided by `/n`, of whole numbers. */
  readonly values?: readonly unknown[];
}

/** Whole numbers up to which a range counts as a list. */
const mostWhole = 1000;
const digits = 6;

const rangePattern = /^([A-Za-z]+):(.*?)\.\.(.*?)(?:\/(.*))?$/;

const rounded = (value: number): number => Number(value.toPrecision(digits));

function refuse(text: string, what: string, how: string): UserError {
  return new UserError({ what, where: `--param ${text}`, how });
}

/** The value of a range at a place from 0 to 1, in six digits, which a person can write as well. */
function within(scale: Parameter['scale'], [low, high]: readonly [number, number], u: number): number {
  if (scale === 'int') return low + Math.min(high - low, Math.floor(u * (high - low + 1)));
  const value = scale === 'log' ? low * (high / low) ** u : low + u * (high - low);
  return Math.min(high, Math.max(low, rounded(value)));
}

function evenly(scale: Parameter['scale'], bounds: readonly [number, number], count: number): number[] {
  const places = Array.from({ length: count }, (_, i) => i / (count - 1));
  if (scale !== 'int') return places.map((u) => within(scale, bounds, u));
  const [low, high] = bounds;
  return [...new Set(places.map((u) => Math.round(low + u * (high - low))))];
}

function parseRange(text: string, path: string, spec: string, match: RegExpExecArray): Parameter {
  const [, scale, from, to, count] = match;
  if (scale !== 'log' && scale !== 'lin' && scale !== 'int') {
    throw refuse(text, `no kind of range ${JSON.stringify(scale)}`, 'write log:, lin: or int:');
  }
  const [low, high] = [from, to].map((bound) => (bound.trim() === '' ? Number.NaN : Number(bound)));
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw refuse(text, 'expected two numbers about ".."', `write for instance ${scale}:1..10`);
  }
  if (low >= high) {
    throw refuse(text, 'the range is empty', 'write the lower bound first, or one value by itself');
  }
  if (scale === 'log' && low <= 0) {
    throw refuse(text, `a logarithmic range has no ${low}`, 'give bounds > 0, or write lin:');
  }
  if (scale === 'int' && !(Number.isSafeInteger(low) && Number.isSafeInteger(high))) {
    throw refuse(text, 'expected whole numbers', 'give whole bounds, or write lin:');
  }
  const bounds = [low, high] as const;
  if (count !== undefined) {
    if (!/^\d+$/.test(count) || Number(count) < 2 || Number(count) > mostWhole) {
      throw refuse(text, `expected a number of points from 2 to ${mostWhole} after "/"`, 'write /5');
    }
    return { path, spec, scale, bounds, values: evenly(scale, bounds, Number(count)) };
  }
  if (scale !== 'int' || high - low >= mostWhole) return { path, spec, scale, bounds };
  return { path, spec, scale, bounds, values: evenly(scale, bounds, high - low + 1) };
}

function parseList(text: string, path: string, spec: string): Parameter {
  if (spec.trim() === '') {
    throw refuse(text, 'there are no values', 'write for instance log:1e-4..1e-1 or 100,300,500');
  }
  const values = parseYaml(`[${spec}]`, `--param ${text}`, 'write values with commas between') as unknown[];
  const texts = values.map((value) => JSON.stringify(value));
  const twice = texts.find((value, i) => texts.indexOf(value) < i);
  if (twice !== undefined) throw refuse(text, `${twice} stands twice`, 'name each value once');
  return { path, spec, scale: 'list', values };
}

/**
 * Reads `key=spec`. A spec is `log:a..b`, `lin:a..b` or `int:a..b`, each with `/n` for n even steps, or values with commas between.
 * @throws UserError for what is neither, and for an empty range
 */
export function parseParameter(text: string): Parameter {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).trim();
  const spec = text.slice(equals + 1).trim();
  if (path.split('.').some((part) => part === '')) {
    throw refuse(text, 'expected key.path=values', 'write for instance training.learningRate=log:1e-4..1e-1');
  }
  const range = rangePattern.exec(spec);
  return range === null ? parseList(text, path, spec) : parseRange(text, path, spec, range);
}

/** The value at a place in [0, 1). */
export function valueAt({ scale, bounds, values }: Parameter, u: number): unknown {
  if (values !== undefined) return values[Math.min(values.length - 1, Math.floor(u * values.length))];
  if (bounds === undefined) throw new RangeError('valueAt: a parameter without values or bounds');
  return within(scale, bounds, u);
}

/** Values that stand for all: of a list each, of a range its ends and some between. */
export const probes = (parameter: Parameter): readonly unknown[] =>
  parameter.values ?? [0, 0.381966, 0.618034, 1].map((u) => valueAt(parameter, u));

/** `key=value` as `--set` reads it back to the same value. */
export function settingText(path: string, value: unknown): string {
  const json = JSON.stringify(value);
  const plain = typeof value === 'string' && /^[A-Za-z][A-Za-z-]*$/.test(value);
  const same = plain && parseYaml(value, path, '') === value;
  return `${path}=${same ? value : json}`;
}
