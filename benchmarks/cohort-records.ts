// Ten million made-up events of health records, written by DuckDB itself from a seed: events.csv or events.parquet, and subjects beside
// them. One person in 25 has heart failure from some day on. Its own process, so that its memory is not the reader's.
//   npx tsx benchmarks/cohort-records.ts FOLDER [--events 10000000] [--format csv|parquet] [--seed 1]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '10000000' },
    format: { type: 'string', default: 'csv' },
    seed: { type: 'string', default: '1' },
  },
});
const events = Number(values.events);
const persons = Math.round(events / 100);
const drawn = (what: string, of: string): string => `hash(${Number(values.seed)}, '${what}', ${of})`;
const uniform = (what: string, of: string): string => `((${drawn(what, of)} >> 12) / 4503599627370496.0)`;
const options = values.format === 'csv' ? '(FORMAT csv, HEADER)' : '(FORMAT parquet)';

const connection = await (
  await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    threads: '2',
    preserve_insertion_order: 'false',
  })
).connect();
await connection.run(`COPY (
  SELECT id AS subject, DATE '1925-01-01' + (${uniform('birth', 'id')} * 18000)::INTEGER AS birth,
    CASE WHEN ${uniform('sex', 'id')} < 0.5 THEN 'F' ELSE 'M' END AS sex FROM range(${persons}) t(id)
) TO '${join(positionals[0], `subjects.${values.format}`)}' ${options}`);
await connection.run(`COPY (
  SELECT subject, (TIMESTAMP '2004-01-01 08:00:00' + to_days(day::INTEGER))::DATE AS time,
    CASE WHEN ill AND day > 1500 AND u < 0.1 THEN '428.0' WHEN kind = 'diagnosis' THEN format('{:03d}.{}', 1 + (900 * u ** 3)::INTEGER, (10 * v)::INTEGER % 10)
      ELSE (100000 + 5000 * u ** 3)::INTEGER::VARCHAR END AS code,
    CASE WHEN kind = 'diagnosis' OR (ill AND day > 1500 AND u < 0.1) THEN 'ICD9CM' ELSE 'RxNorm' END AS system,
    CASE WHEN ill AND day > 1500 AND u < 0.1 THEN 'diagnosis' ELSE kind END AS kind
  FROM (SELECT i % ${persons} AS subject, ${drawn('ill', `i % ${persons}`)} % 25 = 0 AS ill, ${uniform('day', 'i')} * 3500 AS day,
      ${uniform('u', 'i')} AS u, ${uniform('v', 'i')} AS v, CASE WHEN ${uniform('kind', 'i')} < 0.5 THEN 'diagnosis' ELSE 'medication' END AS kind
    FROM range(${events}) t(i))
) TO '${join(positionals[0], `events.${values.format}`)}' ${options}`);
