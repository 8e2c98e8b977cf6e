// Predictions in shards: what comes together is what one process answers, and a second call does what is left.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Domain } from '../../../domains/domain.ts';
import { openShards, type ShardPlan } from '../../../pipelines/shards/shard-plan.ts';
import { makeTinyRun } from '../../server/tiny-runs.ts';
import { deepfield } from '../harness.ts';
import { noisyLine } from '../noisy-line.ts';
import { program } from '../program.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-shards-'));
const at = (name: string): string => join(folder, name);

const rowsOf = (name: string): Omit<ShardPlan, 'version'> => ({
  run: at('run'),
  kind: 'rows',
  files: [at(name)],
  shards: 3,
  ending: '.csv',
});

const text = (name: string): string => readFileSync(at(name), 'utf8');
const head = 'temperature,water,depth,soil,species,sown';

beforeAll(async () => {
  await makeTinyRun('own-table', at('run'));
  const rows = Array.from(
    { length: 400 },
    (_, i) => `${5 + (i % 20)},${i % 7 === 0 ? '' : 14},2,loam,clover,2023-04-02`,
  );
  // One row that cannot be answered, on the way.
  rows.splice(150, 0, '1,2');
  writeFileSync(at('rows.csv'), `${head}\n${rows.join('\n')}\n`);
  await program('predict', at('run'), at('rows.csv'), '--out', at('whole.csv'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a table in shards', () => {
  it('is joined to what one process writes, with its rejected rows, and leaves no shards', async () => {
    const { code, stderr } = await program(
      ...['predict', at('run'), at('rows.csv'), '--out', at('joined.csv'), '--shards', '2', '--jobs', '2'],
    );
    expect(code, stderr).toBe(0);
    expect(text('joined.csv')).toBe(text('whole.csv'));
    expect(text('joined.rejected.csv')).toBe(text('whole.rejected.csv'));
    expect(existsSync(at('joined.csv.shards'))).toBe(false);
  }, 60_000);

  it('is a folder of tables where a folder is asked for, and goes on with what is left of it', async () => {
    const words = [
      'predict',
      at('run'),
      at('rows.csv'),
      '--out',
      at('parts'),
      '--shards',
      '3',
      '--jobs',
      '1',
    ];
    mkdirSync(at('parts'));
    const shards = rowsOf('rows.csv');
    await openShards(at('parts'), { version: 1, ...shards });
    for (const shard of ['1', 'part-0002']) {
      expect((await program('predict-shard', at('parts'), shard)).code).toBe(0);
    }
    const { code, stderr } = await program(...words);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('3 shards in');
    expect(stderr).toContain('2 done, 1 to do');
    const parts = [1, 2, 3].map((n) => text(`parts/part-000${n}.csv`).trimEnd().split('\n'));
    expect(new Set(parts.map(([first]) => first)).size).toBe(1);
    expect([parts[0][0], ...parts.flatMap((lines) => lines.slice(1))].join('\n')).toBe(
      text('whole.csv').trimEnd(),
    );
    // Again, it does nothing.
    expect((await program(...words)).stderr).toContain('3 done, 0 to do');
    const other = await program(...words.map((word) => (word === '3' ? '4' : word)));
    expect(other.stderr).toContain('a prediction with other shards stands here; finish that one');
  }, 60_000);

  it('may be smaller than its shards', async () => {
    writeFileSync(at('few.csv'), `${head}\n6,,8.5,sand,poppy,2023-10-20\n`);
    const shards = rowsOf('few.csv');
    await openShards(at('few'), { version: 1, ...shards });
    for (const shard of ['1', '2', '3'])
      expect((await program('predict-shard', at('few'), shard)).code).toBe(0);
    const lines = [1, 2, 3].map((n) => text(`few/part-000${n}.csv`).trimEnd().split('\n').length);
    expect(lines).toEqual([2, 1, 1]);
  });
});

describe('many files in shards', () => {
  const files = {
    options: z.strictObject({ add: z.number().default(0).describe('is added') }),
    accepts: (path: string) => path.endsWith('.txt'),
    endings: ['.out'],
    nameOf: (path: string) => path.replace('.txt', '.out'),
    async answer(path: string, out: string | undefined, { add }: { add: number }) {
      if (out !== undefined) writeFileSync(out, `${Number(readFileSync(path, 'utf8')) + add}`);
      return { written: out === undefined ? [] : [out], answer: {}, text: 'added', warnings: [] };
    },
  };
  const filing: Domain = { ...noisyLine, name: 'filing-line', predict: { ...noisyLine.predict, files } };
  const ask = (...argv: string[]) => deepfield(argv, { domains: [filing] });

  it('are answered by their number, each once', async () => {
    await ask('run', 'filing-line', '--out', at('line'));
    const names = Array.from({ length: 5 }, (_, i) => at(`in-${i}.txt`));
    for (const [i, name] of names.entries()) writeFileSync(name, `${i}`);
    const plan = {
      run: at('line'),
      kind: 'files',
      files: names,
      shards: 2,
      ending: '',
      options: { add: 10 },
    } as const;
    await openShards(at('answers'), { version: 1, ...plan, files: [...names] });
    expect((await ask('predict-shard', at('answers'), '2')).code).toBe(0);
    const own = () => readdirSync(at('answers')).filter((name) => name.endsWith('.out'));
    expect(own()).toEqual(['in-1.out', 'in-3.out']);
    expect((await ask('predict-shard', at('answers'), '1')).code).toBe(0);
    expect(own().map((name) => text(`answers/${name}`))).toEqual(['10', '11', '12', '13', '14']);
    const few = await ask('predict', at('line'), ...names, '--shards', '6', '--out', at('none'));
    expect(few.stderr).toContain('--shards: 5 files are fewer than 6 shards');
  });
});

describe('a mistake', () => {
  it.each([
    [['--shards', '1', '--out', 'x.csv'], "option '--shards <n>' argument '1' is invalid"],
    [['--shards', '2'], '--shards: where do the answers go?; add --out'],
    [
      ['--shards', '2', '--out', 'x.parquet'],
      'unknown kind of table; end its name with .csv or .tsv, or give a folder',
    ],
    [['--shards', '2', '--out', 'x.csv', '--detach'], '--detach: does not go with this launcher'],
    [['--shards', '2', '--out', 'x.csv', '--slurm', 'cpus=2'], '--slurm: does not go with this launcher'],
    [['--jobs', '2', '--out', 'x.csv'], '--jobs: is of --shards; add --shards 4, or leave it out'],
  ])('%j is told in one line, and begins nothing', async (argv, message) => {
    const words = argv.map((word) => (word.startsWith('x.') ? at(word) : word));
    const { code, stderr } = await program('predict', at('run'), at('rows.csv'), ...words);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/^error: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(readdirSync(folder).filter((name) => name.startsWith('x.'))).toEqual([]);
  });

  it('is a domain that answers as a whole, several tables, or a shard that is not there', async () => {
    await deepfield(['run', 'noisy-line', '--out', at('plain')]);
    writeFileSync(at('points.txt'), '1\n');
    const whole = await deepfield([
      'predict',
      at('plain'),
      at('points.txt'),
      '--shards',
      '2',
      '--out',
      at('x.csv'),
    ]);
    expect(whole.stderr).toContain('noisy-line answers these files as a whole; leave it out');
    const two = await program(
      'predict',
      at('run'),
      at('rows.csv'),
      at('few.csv'),
      '--shards',
      '2',
      '--out',
      at('x'),
    );
    expect(two.stderr).toContain('--shards: several tables; give one at a time');
    const none = await program('predict-shard', at('parts'), '4');
    expect(none.stderr).toContain('no shard 4; give a number from 1 to 3');
  });
});
