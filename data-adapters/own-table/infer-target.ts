// What is to be predicted: the column that somebody names, or the likeliest where nobody does; whether it is one of some
// classes or a number.
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { type ColumnProfile, greatestShare, presentIn } from './column-profile.ts';
import { inOrder, looksLikeId } from './infer-kind.ts';
import type { Task } from './schema.ts';

const usual =
  /^(y|target|label|class|outcome|response|result|diagnosis|survived|default|churn|quality|price|status|.*_?(event|label|target|class|outcome))$/i;

/** Rows that a class needs: some to train, to validate and to test on. */
const leastRowsOfClass = 10;
/** Classes at most. */
const mostClasses = 50;

/** Numbers are classes where there are this few. */
const fewNumbers = 10;

function plausible(profile: ColumnProfile): boolean {
  const { values, numbers } = profile;
  if (values.size < 2 || looksLikeId(profile) || greatestShare(profile) > 0.99) return false;
  return numbers === presentIn(profile) || values.size <= mostClasses;
}

/** The likeliest column to be predicted: a usual name, else the last of two values, else the last. */
function likeliestTarget(profiles: readonly ColumnProfile[]): string | undefined {
  const candidates = profiles.filter(plausible);
  const found =
    candidates.findLast(({ name }) => usual.test(name)) ??
    candidates.findLast(({ values }) => values.size === 2) ??
    candidates.at(-1);
  return found?.name;
}

/** @throws UserError when there is no such column, with near names, or none is named */
export function targetProfile(
  profiles: readonly ColumnProfile[],
  target: string | undefined,
  where: string,
): ColumnProfile {
  const names = profiles.map(({ name }) => name);
  if (target === undefined) {
    const likely = likeliestTarget(profiles);
    const some = `${names.slice(0, 12).join(', ')}${names.length > 12 ? `, and ${names.length - 12} more` : ''}`;
    throw new UserError({
      what: 'no column is named that is to be predicted',
      where,
      how:
        likely === undefined
          ? `name one by --target: ${some}`
          : `--target ${quoted(likely)} is the likeliest of ${some}`,
    });
  }
  return profileNamed(profiles, target, where, '--target');
}

const quoted = (name: string): string => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));

/** @throws UserError with near names */
export function profileNamed(
  profiles: readonly ColumnProfile[],
  name: string,
  where: string,
  flag: string,
): ColumnProfile {
  const found = profiles.find((profile) => profile.name === name);
  if (found !== undefined) return found;
  const names = profiles.map((profile) => profile.name);
  const near = nearest(name, names);
  throw new UserError({
    what: `no column ${quoted(name)} (${flag})`,
    where,
    how:
      near.length > 0
        ? `did you mean ${near.map(quoted).join(' or ')}?`
        : `there are ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', ...' : ''}`,
  });
}

export function inferTask(profile: ColumnProfile): Task {
  const { values, numbers, integers } = profile;
  const present = presentIn(profile);
  if (numbers < present) return 'classification';
  if (values.size === 2) return 'classification';
  return integers === present && values.size <= fewNumbers ? 'classification' : 'regression';
}

const negative =
  /^(0|-1|no|n|false|f|negative|neg|benign|control|healthy|absent|none|alive|background|b|female)$/i;
const positive = /^(1|yes|y|true|t|positive|pos|malignant|case|sick|present|dead|signal|s)$/i;

/** Of two classes the one to be found is last: `yes` behind `no`, else the rarer. */
function ordered(profile: ColumnProfile, chosen: string | undefined): string[] {
  const words = inOrder([...profile.values.keys()]);
  if (words.length !== 2) return words;
  const [first, second] = words;
  const rarer = [...profile.values.keys()][1];
  const last =
    chosen ??
    (negative.test(first) || positive.test(second)
      ? second
      : negative.test(second) || positive.test(first)
        ? first
        : rarer);
  return last === first ? [second, first] : [first, second];
}

export interface ClassChoice {
  /** Classes in their order; rows of others are left out. */
  readonly classes?: readonly string[];
  /** Of two classes, the one to be found. */
  readonly positive?: string;
}

/** @throws UserError for a target without two classes, a class that is too rare, or words that are not there */
export function classesOf(
  profile: ColumnProfile,
  { classes: wanted, positive: chosen }: ClassChoice,
  where: string,
): string[] {
  const place = `${where}, column ${profile.name}`;
  const { values } = profile;
  for (const [word, flag] of [
    ...(wanted ?? []).map((w) => [w, '--classes']),
    ...(chosen === undefined ? [] : [[chosen, '--positive']]),
  ]) {
    if (values.has(word)) continue;
    const near = nearest(word, values.keys());
    throw new UserError({
      what: `no value ${JSON.stringify(word)} (${flag})`,
      where: place,
      how:
        near.length > 0
          ? `did you mean ${near.join(' or ')}?`
          : `its values are ${[...values.keys()].slice(0, 10).join(', ')}`,
    });
  }
  const classes = wanted ? [...wanted] : ordered(profile, chosen);
  if (classes.length < 2) {
    throw new UserError({
      what: `has one value throughout (${classes[0] ?? 'none'})`,
      where: place,
      how: 'there is nothing to predict; name another --target',
    });
  }
  if (chosen !== undefined && classes.length > 2) {
    throw new UserError({
      what: `has ${classes.length} classes, and no positive one`,
      where: place,
      how: 'name two by --classes a,b',
    });
  }
  if (classes.length > mostClasses) {
    const numeric = profile.numbers === presentIn(profile);
    throw new UserError({
      what: `has ${classes.length} different values, too many for classes`,
      where: place,
      how: numeric
        ? 'predict a number by --task regression'
        : 'name another --target, or the ones to keep by --classes',
    });
  }
  const rare = classes.filter((word) => (values.get(word) ?? 0) < leastRowsOfClass);
  if (rare.length > 0) {
    const kept = classes.filter((word) => !rare.includes(word));
    throw new UserError({
      what: `class ${JSON.stringify(rare[0])} has ${values.get(rare[0])} rows, and ${leastRowsOfClass} are the least`,
      where: place,
      how:
        kept.length > 1
          ? `leave it out by --classes ${kept.slice(0, 8).join(',')}${kept.length > 8 ? ',...' : ''}`
          : 'bring more rows',
    });
  }
  if (chosen !== undefined && wanted) return [...classes.filter((word) => word !== chosen), chosen];
  return classes;
}
