// Runs and sweeps as event files: read back by a reader of the published formats, and by TensorBoard itself where it is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crc32c } from '../../../core/files/crc32c.ts';
import { maskedCrc, record } from '../../../pipelines/tensorboard/record-file.ts';
import { deepfield, enterEmptyFolder, type Outcome } from '../harness.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

/** Undoes the mask (TensorFlow, "TFRecords format details"). */
function unmasked(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

/** The records of a file, with their checks. */
function recordsOf(file: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    expect(unmasked(file.readUInt32LE(at + 8))).toBe(crc32c(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(unmasked(file.readUInt32LE(at + 12 + length))).toBe(crc32c(data));
    found.push(data);
    at += length + 16;
  }
  return found;
}

type Fields = Map<number, (number | Buffer)[]>;

/** A protobuf message by field number (Protocol Buffers, "Encoding"): integers and floating-point numbers, else bytes. */
function fieldsOf(message: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = (): number => {
    for (let [value, factor] = [0, 1]; ; factor *= 128) {
      const byte = message[at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const [field, wire] = [Math.floor(key / 8), key % 8];
    let value: number | Buffer;
    if (wire === 0) value = varint();
    else if (wire === 1) [value, at] = [message.readDoubleLE(at), at + 8];
    else if (wire === 5) [value, at] = [message.readFloatLE(at), at + 4];
    else {
      expect(wire).toBe(2);
      const length = varint();
      [value, at] = [message.subarray(at, at + length), at + length];
    }
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

const one = (fields: Fields, number: number): number | Buffer | undefined => fields.get(number)?.[0];
const text = (value: unknown): string => (value as Buffer).toString();

interface Read {
  readonly version: string;
  readonly wallTimes: unknown[];
  readonly scalars: [tag: string, step: unknown, value: unknown][];
  readonly texts: Record<string, string>;
}

/** What an event file says, by the field numbers of TensorBoard's event.proto, summary.proto and tensor.proto. */
function readEvents(path: string): Read {
  const [first, ...rest] = recordsOf(readFileSync(path)).map(fieldsOf);
  const scalars: Read['scalars'] = [];
  const texts: Record<string, string> = {};
  for (const event of rest) {
    for (const value of fieldsOf(one(event, 5) as Buffer).get(1) ?? []) {
      const fields = fieldsOf(value as Buffer);
      const tag = text(one(fields, 1));
      const tensor = one(fields, 8);
      if (tensor === undefined) scalars.push([tag, one(event, 2) ?? 0, one(fields, 2)]);
      else {
        const plugin = fieldsOf(one(fieldsOf(one(fields, 9) as Buffer), 1) as Buffer);
        expect(text(one(plugin, 1))).toBe('text');
        // DT_STRING
        expect(one(fieldsOf(tensor as Buffer), 1)).toBe(7);
        texts[tag] = text(one(fieldsOf(tensor as Buffer), 8));
      }
    }
  }
  return {
    version: text(one(first, 3)),
    wallTimes: [first, ...rest].map((event) => one(event, 1)),
    scalars,
    texts,
  };
}

const run = (...more: string[]): Promise<Outcome> =>
  deepfield(['run', 'noisy-line', '--out', 'run', '--set', 'training.steps=3', ...more]);
const exported = async (from = 'run', format = 'tensorboard'): Promise<Outcome> =>
  deepfield(['export', from, '--format', format, '--out', 'events']);

const lines = (): { model: string; step: number; loss: number; validationLoss: number }[] =>
  readFileSync('run/metrics.jsonl', 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const created = (root: string): number =>
  Math.floor(Date.parse(JSON.parse(readFileSync(join(root, 'status.json'), 'utf8')).created) / 1000);

describe('record', () => {
  it('frames any bytes so that they are read back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), (all) => {
        const file = Buffer.concat(all.map(record));
        expect(recordsOf(file)).toEqual(all.map((each) => Buffer.from(each)));
      }),
    );
  });

  it('masks a CRC as TensorFlow does', () => {
    // The CRC of 32 zeroes (RFC 3720) is 8a9136aa: rotated right by 15 bits, 6d551522; plus a282ead8, 0fd7fffa.
    expect(maskedCrc(new Uint8Array(32))).toBe(0x0fd7fffa);
  });
});

describe('a run', () => {
  it('is a file of events for each network, and one of settings and results', async () => {
    await run();
    const { code, stdout } = await exported();
    expect(code).toBe(0);
    const time = created('run');
    const name = `events.out.tfevents.${time}.deepfield`;
    expect(stdout).toBe(`events/${name}\nevents/line2/${name}\nevents/line-1/${name}\n`);
    for (const model of ['line2', 'line-1']) {
      const { version, wallTimes, scalars, texts } = readEvents(join('events', model, name));
      expect(version).toBe('brain.Event:2');
      expect(wallTimes).toEqual([time, time, time, time]);
      expect(texts).toEqual({});
      expect(scalars).toEqual(
        lines()
          .filter((line) => line.model === model)
          .flatMap(({ step, loss, validationLoss }) => [
            ['loss', step, Math.fround(loss)],
            ['validationLoss', step, Math.fround(validationLoss)],
          ]),
      );
    }
    const { texts, scalars } = readEvents(join('events', name));
    expect(scalars).toEqual([]);
    expect(texts.settings).toContain('| setting | value |\n| --- | --- |\n| domain | noisy-line |\n');
    expect(texts.settings).toContain('\n| training.steps | 3 |\n');
    expect(texts.results).toMatch(/\n\| RMS error of line2 \| 0\.\d+ \| /);
    const before = readFileSync(join('events/line2', name));
    await exported();
    expect(readFileSync(join('events/line2', name))).toEqual(before);
  });

  it('has no point where a metric was no number, and folders for names that are none', async () => {
    await run();
    appendFileSync(
      'run/metrics.jsonl',
      '{"model":"a, penalty 0.1","epoch":4,"loss":null,"error":2}\n{"model":"a/penalty:0.1","step":7000000000,"x":1}\n{"note":1}\n',
    );
    await exported();
    const name = `events.out.tfevents.${created('run')}.deepfield`;
    expect(readEvents(join('events/a_penalty_0.1', name)).scalars).toEqual([['error', 4, 2]]);
    expect(readEvents(join('events/a_penalty_0.1-2', name)).scalars).toEqual([['x', 7e9, 1]]);
  });

  it('that was not trained is refused in one line', async () => {
    await deepfield(['prepare', 'noisy-line', '--out', 'run']);
    const { code, stderr } = await exported();
    expect(code).toBe(2);
    expect(stderr).toBe('error: run/metrics.jsonl: it has no metrics of a training; train it first\n');
  });

  it('is told the formats', async () => {
    await run();
    expect((await exported('run', 'tensorbord')).stderr).toContain('did you mean tensorboard?');
  });
});

describe('a sweep', () => {
  const sweep = ['sweep', 'noisy-line', '--param', 'training.learningRate=0.2,0.5', '--out', 's'];
  it('is a folder for each of its runs that has begun to train; of other formats a run is wanted', async () => {
    // A plan alone, whose first run was made by hand.
    await deepfield([
      ...sweep,
      '--launcher',
      'kubernetes',
      '--kubernetes',
      'claim=a',
      '--kubernetes',
      'image=b',
    ]);
    expect((await exported('s')).stderr).toContain('s: none of its runs has begun to train');
    await deepfield(['sweep-element', 's', '1']);
    const { code } = await exported('s');
    expect(code).toBe(0);
    const name = `events.out.tfevents.${created('s/runs/t0001-s1')}.deepfield`;
    const { texts } = readEvents(join('events/t0001-s1', name));
    expect(texts.settings).toContain('\n| training.learningRate | 0.2 |\n');
    expect(existsSync('events/t0002-s1')).toBe(false);
    const { code: refused, stderr } = await exported('s', 'onnx');
    expect(refused).toBe(2);
    expect(stderr).toBe(
      'error: s: a sweep has many runs, and is exported as tensorboard, not as onnx; name one of its runs\n',
    );
  });
});

const python = process.env.DEEPFIELD_PYTHON ?? 'python3';
const hasTensorboard = spawnSync(python, ['-c', 'import tensorboard']).status === 0;

it.skipIf(!hasTensorboard)(
  `TensorBoard reads them${hasTensorboard ? '' : ' (skipped: no Python with tensorboard; set DEEPFIELD_PYTHON)'}`,
  async () => {
    await run();
    await exported();
    writeFileSync(
      'read.py',
      `
import json
from tensorboard.backend.event_processing.event_multiplexer import EventMultiplexer
runs = EventMultiplexer().AddRunsFromDirectory('events').Reload()
out = {'scalars': {}, 'texts': {}}
for run, tags in runs.Runs().items():
    for tag in tags['scalars']:
        out['scalars'][run + ' ' + tag] = [[e.step, e.value] for e in runs.Scalars(run, tag)]
    for tag in tags['tensors']:
        plugin = runs.SummaryMetadata(run, tag).plugin_data.plugin_name
        out['texts'][run + ' ' + tag] = [plugin, runs.Tensors(run, tag)[0].tensor_proto.string_val[0].decode()]
print(json.dumps(out))
`,
    );
    const { scalars, texts } = JSON.parse(execFileSync(python, ['read.py'], { encoding: 'utf8' }));
    const all = lines();
    const points = (model: string, key: 'loss' | 'validationLoss'): [number, number][] =>
      all.filter((line) => line.model === model).map((line) => [line.step, Math.fround(line[key])]);
    expect(scalars).toEqual({
      'line2 loss': points('line2', 'loss'),
      'line2 validationLoss': points('line2', 'validationLoss'),
      'line-1 loss': points('line-1', 'loss'),
      'line-1 validationLoss': points('line-1', 'validationLoss'),
    });
    expect(texts['. settings'][0]).toBe('text');
    expect(texts['. settings'][1]).toContain('| training.steps | 3 |');
    expect(texts['. results'][0]).toBe('text');
  },
  // TensorBoard takes seconds to import.
  60_000,
);
