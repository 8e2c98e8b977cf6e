import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EventBlock,
  type EventMapping,
  openTable,
  type ReadEventsOptions,
  RejectedRows,
  readEvents,
} from '../../../data-adapters/tables/index.ts';
import { scratch } from './table-fixtures.ts';

const file = scratch();
const csv = [
  'label,pt,eta,mass,w,event',
  '1,50.5,0.5,-999,2,100000001',
  '0,30.25,-1.5,91.5,-0.5,100000002',
  '1,20,2,80,1,100000003',
  '0,45,,125,1,100000004',
  '',
].join('\n');

async function blocks(
  text: string,
  mapping: EventMapping,
  options?: ReadEventsOptions,
): Promise<EventBlock[]> {
  const found: EventBlock[] = [];
  for await (const block of readEvents(await openTable(file('events.csv', text)), mapping, options))
    found.push(block);
  return found;
}
const block = async (
  text: string,
  mapping: EventMapping,
  options?: ReadEventsOptions,
): Promise<EventBlock> => {
  const [only, ...more] = await blocks(text, mapping, options);
  expect(more).toEqual([]);
  return only;
};
const label = { column: 'label' };

describe('readEvents', () => {
  it('gives features in rows, label, weight and observers', async () => {
    const events = await block(csv, {
      features: ['pt', 'mass'],
      label,
      weight: 'w',
      observers: ['event', 'eta'],
    });
    expect(events).toMatchObject({ rows: 4, cutAway: 0, rejected: [], done: csv.length });
    expect([...events.features]).toEqual([50.5, -999, 30.25, 91.5, 20, 80, 45, 125]);
    expect(events.features).toBeInstanceOf(Float32Array);
    expect([...events.label!]).toEqual([1, 0, 1, 0]);
    expect([...events.weight]).toEqual([2, -0.5, 1, 1]);
    // Numbers of events are beyond float32, and an observer may be missing.
    expect([...events.observers.event]).toEqual([100000001, 100000002, 100000003, 100000004]);
    expect([...events.observers.eta]).toEqual([0.5, -1.5, 2, Number.NaN]);
    expect([...events.rowNumbers]).toEqual([2, 3, 4, 5]);
  });

  it('keeps observers as the file has them, codes of missing values too, in single precision where that is asked for', async () => {
    const events = await block(csv, {
      features: ['mass'],
      missing: [-999],
      observers: ['mass', 'event'],
      single: ['event'],
    });
    expect([...events.features]).toEqual([Number.NaN, 91.5, 80, 125]);
    expect([...events.observers.mass]).toEqual([-999, 91.5, 80, 125]);
    // float32 has 24 bits: near 1e8 every eighth whole number.
    expect(events.observers.event[0]).toBe(100000000);
  });

  it('cuts, derives and computes; a cut that compares with a missing value fails', async () => {
    const mapping: EventMapping = {
      features: ['pt', 'logpt', 'pt * cosh(eta)'],
      derived: { logpt: 'log(pt)', twice: '2 * logpt' },
      cuts: ['abs(eta) < 2', 'twice > 6.9'],
      weight: 'w * 10',
    };
    const events = await block(csv, mapping);
    // Row 4 has eta = 2, row 5 none; 2 log(30.25) = 6.819 < 6.9 < 2 log(50.5) = 7.844.
    expect([events.rows, events.cutAway, events.rejected]).toEqual([1, 3, []]);
    expect([...events.features]).toEqual([50.5, Math.log(50.5), 50.5 * Math.cosh(0.5)].map(Math.fround));
    expect([...events.weight]).toEqual([20]);
    expect(events.label).toBeUndefined();
  });

  it('turns codes of missing values into NaN before anything is computed', async () => {
    const mapping: EventMapping = {
      features: ['mass', 'eta'],
      missing: [-999],
      cuts: ['missing(mass) || mass > 85'],
    };
    const events = await block(csv, mapping);
    expect([...events.features]).toEqual([Number.NaN, 0.5, 91.5, -1.5, 125, Number.NaN]);
    expect(events.rejected).toEqual([]);
    // A code that float32 cannot hold exactly, too.
    const odd = await block('x\n-999.9\n1\n', { features: ['x'], missing: [-999.9] });
    expect([...odd.features]).toEqual([Number.NaN, 1]);
  });

  it('rejects rows with their reasons, in their order', async () => {
    const text = 'label,x,w\n1,1,1\n2,1,1\n0,inf,1\n0,,1\n0,1,nan\n0,abc,1\n0,1\n0.5,1,1\n,1,1\n0,2,3\n';
    const events = await block(text, { features: ['x'], label, weight: 'w' });
    expect([...events.rowNumbers]).toEqual([2, 11]);
    expect([...events.features]).toEqual([1, 2]);
    expect(events.rejected.map(({ row, what }) => [row, what])).toEqual([
      [3, 'label label is 2, expected 0 or 1'],
      [4, 'feature x is Infinity'],
      [5, 'feature x is NaN'],
      [6, 'weight w is NaN'],
      [7, 'column 2 (x) is "abc", expected a number'],
      [8, 'has 2 columns, expected 3'],
      [9, 'label label is 0.5, expected 0 or 1'],
      [10, 'label label is missing, expected 0 or 1'],
    ]);
    expect(events.rejected[4].text).toBe('0,abc,1');
  });

  it.each([
    [{ column: 'kind', signal: 's' }, [1, 0, 0]],
    [{ column: 'kind', signal: ['s', 'h'] }, [1, 0, 1]],
    [{ column: 'kind', signal: 's', background: 'b' }, [1, 0]],
    [{ column: 'pdg', signal: 25 }, [1, 0, 0]],
    [{ column: 'pdg', signal: 25, background: [-1] }, [1, 0]],
  ])('labels %j', async (wanted, expected) => {
    const events = await block('kind,pdg,x\ns,25,1\nb,-1,2\nh,6,3\n', { features: ['x'], label: wanted });
    expect([...events.label!]).toEqual(expected);
    expect(events.rows + events.rejected.length).toBe(3);
    if (expected.length === 2)
      expect(events.rejected[0]).toMatchObject({ row: 4, what: expect.stringContaining('expected') });
  });

  it('keeps, rejects or cuts away every row, once', async () => {
    const cell = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom('0', '1', '2.5', '-1') },
      { weight: 1, arbitrary: fc.constantFrom('', 'x', 'inf', '1,1') },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 30 }),
        async (lines) => {
          const text = `label,x,w\n${lines.map((cells) => cells.join(',')).join('\n')}\n`;
          let rows = 0;
          try {
            const mapping = { features: ['x'], label, weight: 'w', cuts: ['x >= 0'] };
            for await (const part of readEvents(await openTable(file('all.csv', text)), mapping, {
              forTraining: false,
            })) {
              rows += part.rows + part.rejected.length + part.cutAway;
              const order = [...part.rowNumbers, ...part.rejected.map(({ row }) => row)];
              expect(new Set(order).size).toBe(order.length);
            }
          } catch (error) {
            expect((error as Error).name).toBe('UserError');
          }
          expect(rows).toBe(lines.length);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each<[string, string, EventMapping]>([
    [
      'cut "pt > 1000" keeps nothing of 3 rows; loosen the cut',
      csv,
      { features: ['pt'], cuts: ['abs(eta) < 3', 'pt > 1000', 'pt > 2000'] },
    ],
    [
      'all 2 events are signal; check the column of labels',
      csv,
      { features: ['pt'], label, cuts: ['label == 1'] },
    ],
    [
      'the weights of all events sum to 0, expected more than 0',
      'x,w\n1,0.1\n2,-0.1\n',
      { features: ['x'], weight: 'w' },
    ],
    [
      'the weights of background sum to -2, expected more than 0',
      'label,x,w\n1,1,1\n0,1,-2\n',
      { features: ['x'], label, weight: 'w' },
    ],
    [
      'all 4 rows were rejected, the first (line 2) because label pt is 50.5, expected 0 or 1',
      csv,
      { features: ['eta'], label: { column: 'pt' } },
    ],
    ['holds no row', 'a,b\n', { features: ['a'] }],
    ['there is no column ptt (position 1); did you mean pt?', csv, { features: ['ptt'] }],
    [
      'expression "log(mas)": there is no column mas (position 5); did you mean mass?',
      csv,
      { features: ['pt'], derived: { m: 'log(mas)' } },
    ],
    [
      'there is no column lable (position 1); did you mean label?',
      csv,
      { features: ['pt'], cuts: ['lable == 1'] },
    ],
    ['has no column lable; did you mean label?', csv, { features: ['pt'], label: { column: 'lable' } }],
    ['derived variable pt has the name of a column', csv, { features: ['pt'], derived: { pt: 'eta' } }],
    ['no features are named', csv, { features: [] }],
  ])('refuses in one line: %s', async (message, text, mapping) => {
    await expect(blocks(text, mapping)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    });
  });

  it('takes one class and any weights for prediction', async () => {
    const events = await block(
      'label,x,w\n1,1,0\n',
      { features: ['x'], label, weight: 'w' },
      { forTraining: false },
    );
    expect(events.rows).toBe(1);
  });
});

describe('RejectedRows', () => {
  it('writes a file with the first row, and none without one', async () => {
    const path = file('rejected.csv');
    const none = new RejectedRows(path);
    await none.add([]);
    expect(await none.finish()).toBeUndefined();
    expect(existsSync(path)).toBe(false);

    const some = new RejectedRows(path, { keep: 3 });
    await some.add([{ row: 7, what: 'column 2 (x) is "a", expected a number', text: '1,a' }]);
    await some.add(Array.from({ length: 4 }, (_, i) => ({ row: 8 + i, what: 'feature x is NaN' })));
    expect(existsSync(path)).toBe(false);
    expect(await some.finish()).toEqual({ path, count: 5, kept: 3 });
    expect(readFileSync(path, 'utf8')).toBe(
      'row,reason,text\n7,"column 2 (x) is ""a"", expected a number","1,a"\n8,feature x is NaN,\n9,feature x is NaN,\n,"and 2 more rows, not listed",\n',
    );
  });

  it('leaves nothing behind when it is given up', async () => {
    const path = file('given-up.csv');
    const rejected = new RejectedRows(path);
    await rejected.add([{ row: 1, what: 'x' }]);
    await rejected.abort();
    expect(readdirSync(dirname(path)).filter((name) => name.includes('given-up'))).toEqual([]);
  });
});
