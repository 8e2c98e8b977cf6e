// A table's schema from a sample of it and from what somebody says: everything that is inferred can be overridden.
import { UserError } from '../../core/errors.ts';
import { type ColumnProfile, presentIn, profileColumn } from './column-profile.ts';
import { leakOf } from './find-leaks.ts';
import { columnOf, type InferredColumn, inferColumn } from './infer-kind.ts';
import { classesOf, inferTask, profileNamed, targetProfile } from './infer-target.ts';
import type { TableSample } from './sample-table.ts';
import { type ColumnKind, columnKinds, featuresOf, type TableSchema, type Task } from './schema.ts';
import { tableWarnings } from './table-warnings.ts';

/** What somebody says of a table; the rest is inferred. */
export interface SchemaHints {
  readonly target?: string;
  readonly task?: Task;
  readonly classes?: readonly string[];
  readonly positive?: string;
  readonly group?: string;
  /** Columns by the kind that they are said to be. */
  readonly kinds?: Readonly<Partial<Record<ColumnKind, readonly string[]>>>;
}

export interface InferredSchema {
  readonly schema: TableSchema;
  readonly columns: readonly InferredColumn[];
  readonly profiles: readonly ColumnProfile[];
  readonly warnings: readonly string[];
}

function statedKinds({ kinds = {} }: SchemaHints, profiles: readonly ColumnProfile[], where: string) {
  const stated = new Map<string, ColumnKind>();
  for (const kind of columnKinds) {
    for (const name of kinds[kind] ?? []) {
      profileNamed(profiles, name, where, `--${kind}`);
      const before = stated.get(name);
      if (before !== undefined && before !== kind) {
        throw new UserError({
          what: `${name} is said to be ${before} and ${kind}`,
          where,
          how: 'give it one kind',
        });
      }
      stated.set(name, kind);
    }
  }
  return stated;
}

/** Most of a column must be of a kind that somebody says it is. @throws UserError */
function requireKind(profile: ColumnProfile, kind: ColumnKind, where: string): void {
  const place = `${where}, column ${profile.name}`;
  const present = presentIn(profile);
  if (kind === 'ignore') return;
  if (present === 0)
    throw new UserError({ what: 'all values are missing', where: place, how: 'leave it out by --ignore' });
  const fitting = kind === 'number' ? profile.numbers : kind === 'date' ? profile.dates : present;
  if (fitting >= present / 2) return;
  const { row = 1, cell = [...profile.values.keys()][0] } = profile.firstText ?? {};
  throw new UserError({
    what: `row ${row} has ${JSON.stringify(cell.slice(0, 40))}, which is no ${kind}`,
    where: place,
    how:
      kind === 'date'
        ? 'write dates as 2024-01-31, or make it a --category'
        : 'make it a --category, or --ignore it',
  });
}

function requireTarget(target: ColumnProfile, task: Task, where: string): void {
  const place = `${where}, column ${target.name}`;
  const present = presentIn(target);
  if (present === 0) {
    throw new UserError({ what: 'all values are missing', where: place, how: 'name another --target' });
  }
  if (task === 'classification') return;
  if (target.numbers < present / 2) {
    const { row = 1, cell = '' } = target.firstText ?? {};
    throw new UserError({
      what: `row ${row} has ${JSON.stringify(cell.slice(0, 40))}, which is no number`,
      where: place,
      how: 'predict a class by --task classification, or name another --target',
    });
  }
  if (target.values.size === 1) {
    throw new UserError({
      what: `has one value throughout (${[...target.values.keys()][0]})`,
      where: place,
      how: 'there is nothing to predict; name another --target',
    });
  }
}

/**
 * @param where the table, as errors name it
 * @throws UserError for columns that are not there, a target that cannot be learnt, and a table without rows or features
 */
export function inferSchema(sample: TableSample, hints: SchemaHints, where: string): InferredSchema {
  const { cells } = sample;
  if (cells.length === 0) {
    throw new UserError({
      what: 'no row has as many cells as there are columns',
      where,
      how: 'check the sign between its cells',
    });
  }
  const columnCells = sample.columns.map((_, i) => cells.map((row) => row[i]));
  const profiles = sample.columns.map((name, i) => profileColumn(name, columnCells[i]));
  const target = targetProfile(profiles, hints.target, where);
  const free =
    hints.task === undefined &&
    target.numbers < 0.5 * presentIn(target) &&
    target.values.size > 0.5 * presentIn(target);
  if (free && presentIn(target) > 20) {
    throw new UserError({
      what: 'is free text, or names its rows',
      where: `${where}, column ${target.name}`,
      how: 'name another --target',
    });
  }
  const task = hints.task ?? inferTask(target);
  requireTarget(target, task, where);
  const classes = task === 'classification' ? classesOf(target, hints, where) : [];
  const { group = '' } = hints;
  if (group !== '') {
    profileNamed(profiles, group, where, '--group');
    if (group === target.name)
      throw new UserError({
        what: `${group} is the target and the group`,
        where,
        how: 'name another --group',
      });
  }
  const stated = statedKinds(hints, profiles, where);
  const truth = columnCells[profiles.indexOf(target)];
  const leaks = new Map<string, string>();
  const columns = profiles.flatMap((profile, i): InferredColumn[] => {
    if (profile === target || profile.name === group) return [];
    const kind = stated.get(profile.name);
    if (kind !== undefined) requireKind(profile, kind, where);
    const own = kind === undefined ? inferColumn(profile) : columnOf(profile, kind);
    const leak = kind === 'ignore' ? undefined : leakOf(columnCells[i], truth, task);
    if (leak === undefined) return [own];
    leaks.set(profile.name, leak);
    return [kind === undefined ? columnOf(profile, 'ignore', leak) : own];
  });
  const schema: TableSchema = {
    target: target.name,
    task,
    classes,
    group,
    columns: columns.map(({ why: _, ...column }) => column),
  };
  if (featuresOf(schema).length === 0) {
    const [first] = columns;
    throw new UserError({
      what: 'no column is left to predict from',
      where,
      how:
        first === undefined
          ? 'bring columns besides the target'
          : `${first.name}: ${first.why || 'ignored'}; give a kind to those that count, as in --number ${first.name}`,
    });
  }
  return {
    schema,
    columns,
    profiles,
    warnings: [...tableWarnings({ sample, profiles, schema, columns, leaks })],
  };
}
