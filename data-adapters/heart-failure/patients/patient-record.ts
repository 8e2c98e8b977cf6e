// One person's record as somebody hands it over to be asked about, and what is checked of it. Small: no database.
import { UserError } from '../../../core/errors.ts';
import { guessSystem, knownSystem, normaliseCode } from '../codes/code-systems.ts';
import { type EventKind, eventKinds, type Sex } from '../cohort.ts';

export interface PatientEvent {
  /** Day of the event, days since 1970-01-01. */
  readonly day: number;
  readonly code: string;
  /** `unknown` where it is neither said nor to be guessed. */
  readonly system: string;
  readonly kind: EventKind;
}

export interface PatientRecord {
  /** Years, where the record says so instead of a birth date. */
  readonly age?: number;
  /** Days since 1970-01-01. */
  readonly birthDate?: number;
  readonly sex: Sex;
  /** In the order of their days. */
  readonly events: readonly PatientEvent[];
  /** What was left out, one sentence each. */
  readonly notes: readonly string[];
}

/** What a file says, in its words. */
export interface RawPatient {
  readonly age?: unknown;
  readonly birthDate?: unknown;
  readonly sex?: unknown;
  readonly events: readonly RawEvent[];
}
export interface RawEvent {
  readonly date?: unknown;
  readonly code?: unknown;
  readonly system?: unknown;
  readonly kind?: unknown;
  /** Where it stands: `row 7`. */
  readonly where: string;
}

const dayMs = 86_400_000;

/** Days since 1970 of `2013-05-23`, with or without a time, `20130523`, or the first day of `2013-05` or `2013`; undefined for what is no date. */
export function parseDay(text: string): number | undefined {
  const [, y, m = '01', d = '01'] =
    /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:$|[T\s])/.exec(text) ?? /^\s*(\d{4})(?:-(\d{2}))?\s*$/.exec(text) ?? [];
  if (y === undefined) return undefined;
  const day = Date.UTC(Number(y), Number(m) - 1, Number(d));
  const back = new Date(day);
  return back.getUTCMonth() === Number(m) - 1 && back.getUTCDate() === Number(d) ? day / dayMs : undefined;
}

const word = (value: unknown): string => (value === undefined || value === null ? '' : String(value).trim());

function sexOf(value: unknown): Sex {
  const said = word(value).toLowerCase();
  if (['f', 'female', '2', '8532'].includes(said)) return 'female';
  return ['m', 'male', '1', '8507'].includes(said) ? 'male' : 'unknown';
}

function eventOf(raw: RawEvent, where: string): PatientEvent {
  const at = `${where} ${raw.where}`;
  const code = word(raw.code);
  if (code === '') throw new UserError({ what: 'the event has no code', where: at, how: 'give its code' });
  const day = parseDay(word(raw.date));
  if (day === undefined) {
    throw new UserError({
      what: `${JSON.stringify(word(raw.date).slice(0, 40))} is no date`,
      where: at,
      how: 'write it as 2013-05-23',
    });
  }
  const said = word(raw.kind).toLowerCase();
  const kind = eventKinds.find((each) => each === said) ?? 'diagnosis';
  if (said !== '' && kind !== said) {
    throw new UserError({
      what: `${JSON.stringify(said.slice(0, 40))} is no kind of event`,
      where: at,
      how: `give one of ${eventKinds.join(', ')}`,
    });
  }
  const named = word(raw.system);
  const system = named === '' ? (guessSystem(code, kind) ?? 'unknown') : (knownSystem(named) ?? named);
  return { day, code: normaliseCode(code, system), system, kind };
}

/** @throws UserError for what is no date, code or age; events before the birth are left out and counted */
export function patientRecord(raw: RawPatient, where: string): PatientRecord {
  const said = word(raw.birthDate);
  const birthDate = said === '' ? undefined : parseDay(/^\d{4}$/.test(said) ? `${said}-07-01` : said);
  if (said !== '' && birthDate === undefined) {
    throw new UserError({ what: `the birth date is none`, where, how: 'write it as 1950-01-31' });
  }
  const age = word(raw.age) === '' ? undefined : Number(raw.age);
  if (age !== undefined && !(age >= 0 && age <= 130)) {
    throw new UserError({ what: 'the age is no number of years', where, how: 'give 0 to 130' });
  }
  const events = raw.events.map((event) => eventOf(event, where)).sort((a, b) => a.day - b.day);
  const lived = events.filter(({ day }) => birthDate === undefined || day >= birthDate);
  const before = events.length - lived.length;
  const strange = lived.filter(({ system }) => knownSystem(system) === undefined).length;
  return {
    ...(age === undefined ? {} : { age }),
    ...(birthDate === undefined ? {} : { birthDate }),
    sex: sexOf(raw.sex),
    events: lived,
    notes: [
      ...(before === 0 ? [] : [`${before} events before birth left out`]),
      ...(strange === 0 ? [] : [`${strange} events have codes of systems that are not known`]),
    ],
  };
}
