// What `deepfield fit` asks before it runs: the schema of somebody's table as settings, and what looks wrong with it.
import { inferSchema } from '../../data-adapters/own-table/infer-schema.ts';
import { sampleTable } from '../../data-adapters/own-table/sample-table.ts';
import type { StageContext } from '../domain.ts';
import type { InferenceHints, Inferred } from '../inference.ts';
import type { OwnTableConfig } from './config.ts';
import { openOwnTable } from './open.ts';

const counted = (n: number): string => n.toLocaleString('en');

export async function infer(
  source: string,
  { number, category, date, ignore, missing = [], ...hints }: InferenceHints,
  { config, signal }: Pick<StageContext<OwnTableConfig>, 'config' | 'signal'>,
): Promise<Inferred> {
  const words = [...config.missing.words, ...missing];
  const table = await openOwnTable(source, { ...config, missing: { ...config.missing, words } });
  const sample = await sampleTable(table, { signal });
  const kinds = {
    ...(number ? { number } : {}),
    ...(category ? { category } : {}),
    ...(date ? { date } : {}),
    ...(ignore ? { ignore } : {}),
  };
  const { schema, columns, profiles, warnings } = inferSchema(sample, { ...hints, kinds }, source);
  const { target, task, classes, group } = schema;
  const seen = sample.every > 1 ? `, every ${sample.every}th looked at` : '';
  const unnamed = sample.columns.every((name, i) => name === `column_${i + 1}`);
  const shown = classes.slice(0, 8).join(', ');
  const classText = `${shown}${classes.length > 8 ? ` and ${classes.length - 8} more` : ''}${classes.length === 2 ? ` (${classes[1]} is to be found)` : ''}`;
  return {
    settings: { ...schema, ...(words.length > 0 ? { missing: { words } } : {}) },
    summary: [
      `${counted(sample.rows)} rows, ${sample.columns.length} columns${seen}${unnamed ? ', whose names are their places, for want of a header' : ''}`,
      task === 'classification'
        ? `predicts ${target}, one of ${classes.length} classes: ${classText}`
        : `predicts ${target}, a number`,
      ...(group === '' ? [] : [`rows of one ${group} stay together`]),
    ],
    table: [
      ['column', 'kind', 'different', 'missing', 'for example'],
      ...columns.map(({ name, kind }) => {
        const { values, missing, rows } = profiles.find((profile) => profile.name === name)!;
        const some = [...values.keys()]
          .slice(0, 3)
          .map((word) => (word.length > 20 ? `${word.slice(0, 17)}...` : word));
        return [
          name,
          kind,
          counted(values.size),
          missing === 0 ? '' : `${((100 * missing) / rows).toFixed(1)} %`,
          some.join(', '),
        ];
      }),
    ],
    warnings,
  };
}
