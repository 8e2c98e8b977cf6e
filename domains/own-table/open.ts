// Somebody's table, by the schema of the settings.
import { UserError } from '../../core/errors.ts';
import type { Parts } from '../../data-adapters/dataset.ts';
import { describeFile } from '../../data-adapters/formats/source-file.ts';
import { readRows, type TableRows } from '../../data-adapters/own-table/read-rows.ts';
import { featuresOf, type TableSchema } from '../../data-adapters/own-table/schema.ts';
import { splitRows } from '../../data-adapters/own-table/split-rows.ts';
import { type CellTable, openCells, withoutWords } from '../../data-adapters/tables/cell-table.ts';
import { splitObject } from '../../data-adapters/tables/index.ts';
import type { OpenContext } from '../domain.ts';
import { type OwnTableConfig, schemaOf } from './config.ts';
import { tableParts } from './parts.ts';

const counted = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}`;

/** A table as the settings say that it is to be read. @throws UserError */
export async function openOwnTable(path: string, { header, missing }: OwnTableConfig): Promise<CellTable> {
  const table = await openCells(path, header === 'auto' ? {} : { header: header === 'yes' });
  return withoutWords(table, missing.words);
}

/** Rows of each class that a split needs before anything can be learnt or measured. */
const leastOfClass = 2;

function requireSplits(
  splits: ReturnType<typeof splitRows>,
  { target }: TableRows,
  schema: TableSchema,
  where: string,
): void {
  for (const [name, rows] of Object.entries(splits)) {
    const how =
      schema.group === ''
        ? 'bring more rows, or change split.training and split.validation'
        : `bring more rows: all of a ${schema.group} stay on one side`;
    if (rows.length === 0) throw new UserError({ what: `no rows for the ${name} split`, where, how });
    for (const [k, word] of schema.classes.entries()) {
      const own = rows.reduce((sum, row) => sum + Number(target[row] === k), 0);
      if (own >= leastOfClass) continue;
      throw new UserError({
        what: `class ${JSON.stringify(word)} has ${own} rows in the ${name} split`,
        where,
        how,
      });
    }
  }
}

function notesOf({ counts, rows }: TableRows, schema: TableSchema): string[] {
  const { read, uneven, withoutTarget, otherClasses } = counts;
  const ignored = schema.columns.filter(({ kind }) => kind === 'ignore').map(({ name }) => name);
  return [
    `${counted(read, 'rows read')}, ${counted(rows, 'used')}`,
    ...(uneven > 0 ? [`${counted(uneven, 'rows')} of another number of cells left out`] : []),
    ...(withoutTarget > 0 ? [`${counted(withoutTarget, 'rows')} without ${schema.target} left out`] : []),
    ...(otherClasses > 0 ? [`${counted(otherClasses, 'rows')} of other classes left out`] : []),
    `looked at: ${featuresOf(schema)
      .map(({ name, kind }) => `${name} (${kind})`)
      .join(', ')}`,
    ...(ignored.length > 0 ? [`not looked at: ${ignored.join(', ')}`] : []),
    schema.group === ''
      ? 'copies of a row stay on one side of the split'
      : `rows of one ${schema.group} stay on one side of the split`,
  ];
}

/** @throws UserError for settings without a schema, columns that are missing, and splits that lack a class */
export async function open(source: string, context: OpenContext<OwnTableConfig>): Promise<Parts> {
  const { config, random, purpose, signal } = context;
  if (purpose === 'training' && config.columns.length === 0) {
    throw new UserError({
      what: 'the settings say nothing of its columns',
      where: source,
      how: `let "deepfield fit ${source} --target <column>" infer them`,
    });
  }
  const schema = schemaOf(config);
  const table = await openOwnTable(source, config);
  const bar = context.progress.task(`Reading ${source}`, table.size, table.unit);
  let before = 0;
  const read = await readRows(table, schema, {
    signal,
    onProgress: (done) => {
      bar.advance(done - before);
      before = done;
    },
  });
  bar.end();
  const all = Uint32Array.from(read.target, (_, row) => row);
  const none = new Uint32Array();
  const classes = schema.task === 'classification' ? { classes: read.target } : {};
  const splits =
    purpose === 'evaluation'
      ? { train: none, validation: none, test: all }
      : splitRows({ ...config.split, ...classes, groups: read.group, random: random.split('split') });
  if (purpose === 'training') requireSplits(splits, read, schema, source);
  return tableParts({
    ...read,
    width: featuresOf(schema).length,
    splits,
    provenance: {
      kind: 'files',
      source,
      files: [await describeFile(splitObject(source).file)],
      ...(schema.task === 'classification' ? { classes: schema.classes } : {}),
      notes: notesOf(read, schema),
    },
  });
}
