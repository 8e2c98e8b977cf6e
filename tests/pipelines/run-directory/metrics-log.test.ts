import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { MetricsLog, readMetrics } from '../../../pipelines/run-directory/metrics-log.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deepfield-'));
  path = join(folder, 'metrics.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('MetricsLog', () => {
  it('appends one object a line and goes on where it was closed', () => {
    const first = new MetricsLog(path);
    first.append({ model: 'a', step: 1, loss: 0.5 });
    first.close();
    const second = new MetricsLog(path);
    second.append({ model: 'a', step: 2, loss: 0.25 });
    second.close();
    expect(readFileSync(path, 'utf8')).toBe(
      '{"model":"a","step":1,"loss":0.5}\n{"model":"a","step":2,"loss":0.25}\n',
    );
  });

  it('is sound on disk after every append, before it is closed', () => {
    const log = new MetricsLog(path);
    log.append({ step: 1 });
    expect(readMetrics(path)).toEqual([{ step: 1 }]);
    log.close();
  });

  it('keeps the lines that rewind is asked to keep, whatever their order', () => {
    const log = new MetricsLog(path);
    for (const step of [1, 2, 3]) for (const model of ['a', 'b']) log.append({ model, step });
    log.rewind((line) => line.model !== 'b' || Number(line.step) <= 1);
    log.append({ model: 'b', step: 2, again: true });
    log.close();
    expect(readMetrics(path)).toEqual([
      { model: 'a', step: 1 },
      { model: 'b', step: 1 },
      { model: 'a', step: 2 },
      { model: 'a', step: 3 },
      { model: 'b', step: 2, again: true },
    ]);
  });

  it('writes what is no number as null', () => {
    const log = new MetricsLog(path);
    log.append({ loss: Number.NaN });
    log.close();
    expect(readMetrics(path)).toEqual([{ loss: null }]);
  });

  it('survives being cut at any byte: whole lines stay, the torn one goes', () => {
    const lines = [1, 2, 3].map((step) => ({ model: 'é', step }));
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    fc.assert(
      fc.property(fc.nat(bytes.length), (length) => {
        const torn = bytes.subarray(0, length);
        writeFileSync(path, torn);
        const whole = lines.slice(0, torn.toString('latin1').split('\n').length - 1);
        expect(readMetrics(path)).toEqual(whole);
        const log = new MetricsLog(path);
        log.append({ step: 99 });
        log.close();
        expect(readMetrics(path)).toEqual([...whole, { step: 99 }]);
      }),
    );
  });

  it('cuts the zeros that a power failure leaves at the end', () => {
    writeFileSync(path, '{"step":1}\n\0\0\0\0\n');
    new MetricsLog(path).close();
    expect(readFileSync(path, 'utf8')).toBe('{"step":1}\n');
  });
});

describe('readMetrics', () => {
  it('finds nothing where there is no file', () => {
    expect(readMetrics(path)).toEqual([]);
  });

  it('names a line that is broken in the middle', () => {
    writeFileSync(path, '{"step":1}\nnonsense\n{"step":2}\n');
    expect(() => readMetrics(path)).toThrow(UserError);
    expect(() => readMetrics(path)).toThrow(`${path}, line 2: not a JSON object`);
  });
});
