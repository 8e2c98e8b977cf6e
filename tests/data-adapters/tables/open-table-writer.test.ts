import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTable, openTableWriter } from '../../../data-adapters/tables/index.ts';
import { shortestFloat32 } from '../../../data-adapters/tables/write/csv-encoder.ts';
import { readWhole, scratch } from './table-fixtures.ts';

const file = scratch();
const columns = [
  { name: 'score' },
  { name: 'mass, GeV', type: 'float64' },
  { name: 'event', type: 'integer' },
] as const;
/** The first places where two columns differ; vitest's own comparison takes seconds for so many numbers. */
function differences(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const places = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i);
  return places.filter((i) => !Object.is(a[i], b[i])).slice(0, 5);
}

const endings = ['csv', 'tsv', 'parquet', 'arrow'];

describe('openTableWriter', () => {
  it.each(endings)('.%s: what was written is read back, whatever the blocks', async (ending) => {
    const path = file(`out.${ending}`);
    const count = 140_000;
    // Numbers of all sizes; 2^53 - i is beyond float32 and at the edge of float64.
    const score = Float32Array.from({ length: count }, (_, i) => Math.sin(i) * 10 ** ((i % 60) - 30));
    const mass = Float64Array.from({ length: count }, (_, i) =>
      i % 7 === 0 ? Number.NaN : Math.exp(i % 500),
    );
    const event = Float64Array.from({ length: count }, (_, i) => 2 ** 53 - i);
    const writer = await openTableWriter(path, columns);
    for (let start = 0; start < count; ) {
      const rows = Math.min(count - start, 1 + ((start * 7) % 40_000));
      const cut = {
        score: score.subarray(start),
        'mass, GeV': mass.subarray(start),
        event: event.subarray(start),
        extra: score,
      };
      await writer.write(cut, rows);
      start += rows;
    }
    expect(existsSync(path)).toBe(false);
    await writer.finish();
    const { columns: back, bad } = await readWhole(await openTable(path));
    expect(bad).toEqual([]);
    expect(Object.keys(back)).toEqual(['score', 'mass, GeV', 'event']);
    // CSV writes the shortest decimal of a float32, which is that float32 again, but not in double precision.
    expect(differences(Float32Array.from(back.score), score)).toEqual([]);
    expect(differences(back['mass, GeV'], mass)).toEqual([]);
    expect(differences(back.event, event)).toEqual([]);
  });

  it.each(endings)('.%s: a table without rows, and one that is given up', async (ending) => {
    const path = file(`empty.${ending}`);
    await (await openTableWriter(path, columns)).finish();
    const table = await openTable(path);
    expect(table.columns).toEqual(['score', 'mass, GeV', 'event']);
    expect((await readWhole(table)).rowNumbers).toEqual([]);

    writeFileSync(path, 'as it was');
    const writer = await openTableWriter(path, columns);
    await writer.abort();
    await expect(
      (async () => {
        const failing = await openTableWriter(path, columns);
        await failing.write({ score: new Float32Array(1) }, 1);
      })(),
    ).rejects.toThrow('TableWriter: expected 1 rows of mass, GeV, got none');
    expect(readFileSync(path, 'utf8')).toBe('as it was');
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('writes CSV that a person can read', async () => {
    const path = file('readable.csv');
    const writer = await openTableWriter(path, columns);
    const infinite = Number.POSITIVE_INFINITY;
    await writer.write(
      {
        score: Float32Array.of(0.1, -infinite),
        'mass, GeV': Float64Array.of(0.1, Number.NaN),
        event: Float64Array.of(7, 0),
      },
      2,
    );
    await writer.finish();
    expect(readFileSync(path, 'utf8')).toBe('score,"mass, GeV",event\n0.1,0.1,7\n-inf,,0\n');
  });

  it('the shortest decimal of a float32 is that float32', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = shortestFloat32(value);
        expect(Math.fround(Number(text)) + 0).toBe(value + 0);
        for (let fewer = 6; fewer < text.replace(/e.*|[-.]/g, '').replace(/^0+|0+$/g, '').length; fewer++) {
          expect(Math.fround(Number(value.toPrecision(fewer)))).not.toBe(value);
        }
      }),
      { numRuns: 2000 },
    );
    expect([0.1, 16777216, 1.17549435e-38].map((x) => shortestFloat32(Math.fround(x)))).toEqual([
      '0.1',
      '16777216',
      '1.1754944e-38',
    ]);
  });

  it('refuses in one line', async () => {
    await expect(openTableWriter(file('out.xlsx'), columns)).rejects.toThrow(
      'cannot tell which format to write; let the name end in',
    );
    await expect(openTableWriter(file('out.csv'), [{ name: 'a' }, { name: 'a' }])).rejects.toThrow(
      'two columns would be called a',
    );
    await expect(openTableWriter(file('missing/out.csv'), columns)).rejects.toThrow('does not exist');
  });
});
