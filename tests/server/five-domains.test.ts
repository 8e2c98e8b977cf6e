// Every domain of the registry behind the real workers, with networks of ONNX Runtime: its examples, its files, its tensors.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFits, writeFits } from '../../data-adapters/formats/fits/index.ts';
import { writeNpy } from '../../data-adapters/formats/write-npy.ts';
import { registry } from '../../domains/registry.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { makeTinyRuns } from './tiny-runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'deepfield-five-'));
const worker = new URL('../../server/worker/main', import.meta.url);
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ named: await makeTinyRuns(folder), worker, settings: { workers: 2 } });
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});

const predict = (
  domain: string,
  query: string,
  body: Uint8Array | string,
  headers: Record<string, string> = {},
) =>
  server.ask(`/api/${domain}/predict${query}`, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers,
  });

describe.each(registry.map(({ name }) => name))('%s', (name) => {
  it('answers its examples, alone and together, as its schema says', async () => {
    const { json } = await server.ask(`/api/domains/${name}`);
    expect(json.examples.length).toBeGreaterThan(0);
    const together = await server.post(json.predict, json.examples);
    expect([together.status, together.json.failed]).toEqual([200, 0]);
    const alone = await server.post(json.predict, json.examples[0]);
    expect(alone.json.predictions[0].text).toBe(together.json.predictions[0].text);
  });

  it('tells what is wrong with an item, and leaves the others alone', async () => {
    const { json } = await server.ask(`/api/domains/${name}`);
    const bad = await server.post(json.predict, { nonsense: 1 });
    expect(bad.status).toBe(400);
    const mixed = await server.post(json.predict, [json.examples[0], { nonsense: 1 }]);
    expect(mixed.json.predictions.map(({ error }: { error?: string }) => error !== undefined)).toEqual([
      false,
      true,
    ]);
  });

  it('answers tensors of the shape that its metadata tell', async () => {
    const { json } = await server.ask(`/v2/models/${name}`);
    const inputs = json.inputs.map(
      ({ name: own, datatype, shape }: { name: string; datatype: string; shape: number[] }) => {
        // Networks of any size of image halve it several times.
        const given = shape.map((n, i) => (n === -1 ? (i === 0 ? 2 : 16) : n));
        const data = new Array(given.reduce((a, b) => a * b, 1)).fill(datatype === 'BOOL' ? true : 1);
        return { name: own, datatype, shape: given, data };
      },
    );
    const answer = await server.post(`/v2/models/${name}/infer`, { inputs });
    expect(answer.status).toBe(200);
    for (const { name: own, shape, datatype } of answer.json.outputs) {
      const port = json.outputs.find((each: { name: string }) => each.name === own);
      expect(datatype).toBe(port.datatype);
      expect(shape[0]).toBe(2);
      expect(shape.length).toBe(port.shape.length);
    }
  });

  it('refuses a file that holds nothing of its kind, by the name that was given', async () => {
    const { json } = await server.ask(`/api/domains/${name}`);
    const ending = json.reads.at(-1);
    const { status, json: answer } = await predict(
      name,
      `?filename=strange${ending}`,
      'nothing of that kind',
    );
    expect(status).toBe(400);
    expect(answer.error).toContain(`strange${ending}`);
    expect(answer.error).not.toContain(tmpdir());
  });
});

describe('files', () => {
  it('lattices as .npy, several in one', async () => {
    const file = join(folder, 'lattices.npy');
    const spins = Int8Array.from({ length: 200 }, (_, i) => (i < 100 || i % 2 ? 1 : -1));
    writeFileSync(file, writeNpy({ data: spins, shape: [2, 10, 10] }));
    const { json } = await predict('phases-of-matter', '?filename=two.npy', readFileSync(file));
    expect(json.predictions.map(({ answer }: { answer: { name: string } }) => answer.name)).toEqual([
      'two.npy [1]',
      'two.npy [2]',
    ]);
    expect(json.predictions[0].answer).toMatchObject({ magnetisation: 1, energyPerSpin: -2 });
  });

  it('events as CSV, answered row by row as JSON, or by the table with scores', async () => {
    const { json } = await server.ask('/api/domains/exotic-particles');
    const { features } = json.examples[0];
    const names = Object.keys(features);
    const row = names.map((name) => features[name] ?? '').join(',');
    const table = `${names.join(',')}\n${row}\n${row.replace(/^[^,]*/, 'x')}\n${row}\n`;
    const csv = { 'content-type': 'text/csv' };
    const rows = await predict('exotic-particles', '', table, csv);
    const [first, second, third] = rows.json.predictions;
    expect([first.row, second.row, third.row, rows.json.failed]).toEqual([2, 3, 4, 1]);
    expect(first.answer.score).toBe(third.answer.score);
    expect(second.error).toContain(names[0]);
    const scored = await predict('exotic-particles', '', table, { ...csv, accept: 'text/csv' });
    const lines = scored.bytes.toString().trim().split('\n');
    expect(lines[0]).toContain('score');
    expect(lines).toHaveLength(3);
    // The same event as an item.
    const item = await server.post('/api/exotic-particles/predict', json.examples[0]);
    expect(first.answer.score).toBeCloseTo(item.json.predictions[0].answer.score, 5);
  });

  it('an image as FITS, answered by measures, by FITS and by PNG', async () => {
    const file = join(folder, 'sky.fits');
    const side = 40;
    const data = Float32Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      return Math.exp(-((x - 20) ** 2 + (y - 20) ** 2) / 20) + 0.01 * Math.sin(i * 7919);
    });
    await writeFits(file, [{ shape: [side, side], data }]);
    const sky = readFileSync(file);
    const options = '?fwhm=1.4&sigma=0.02&pixelScale=0.396&scale=1';
    const measures = await predict('galaxies', options, sky, { 'content-type': 'image/fits' });
    expect(measures.json.predictions[0].answer).toMatchObject({ width: side, height: side, strength: 1 });
    const fits = await predict('galaxies', options, sky, {
      'content-type': 'image/fits',
      accept: 'image/fits',
    });
    expect(fits.headers.get('content-type')).toContain('image/fits');
    const answer = join(folder, 'answer.fits');
    writeFileSync(answer, fits.bytes);
    const opened = await openFits(answer);
    expect(opened.hdus[0].shape).toEqual([side, side]);
    await opened.close();
    const png = await predict('galaxies', `${options}&strength=0&format=png`, sky, {
      'content-type': 'image/fits',
    });
    expect(await sharp(png.bytes).metadata()).toMatchObject({ format: 'png', width: side, height: side });
    const wrong = await predict('galaxies', '?fwhm=wide', sky, { 'content-type': 'image/fits' });
    expect([wrong.status, wrong.json.error]).toEqual([400, expect.stringContaining('fwhm: expected number')]);
  });

  it('a patient as a FHIR Bundle', async () => {
    const { json: told } = await server.ask('/api/domains/heart-failure');
    const [{ events, birthDate, sex }] = told.examples;
    const conditions = events.filter(({ system }: { system: string }) => system === 'ICD9CM');
    const bundle = JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        { resource: { resourceType: 'Patient', id: '1', gender: sex, birthDate } },
        ...conditions.map(({ date, code }: { date: string; code: string }) => ({
          resource: {
            resourceType: 'Condition',
            subject: { reference: 'Patient/1' },
            code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-9-cm', code }] },
            onsetDateTime: date,
          },
        })),
      ],
    });
    const { status, json } = await predict('heart-failure', '', bundle, {
      'content-type': 'application/fhir+json',
    });
    expect(status).toBe(200);
    const [{ answer }] = json.predictions;
    expect(answer.visits.length).toBeGreaterThan(0);
    expect(answer.low).toBeLessThanOrEqual(answer.risk);
    expect(answer.high).toBeGreaterThanOrEqual(answer.risk);
  });

  it('a picture of a digit, and not one of too many pixels', async () => {
    const picture = (side: number) =>
      sharp({ create: { width: side, height: side, channels: 3, background: 'white' } })
        .composite([{ input: Buffer.from('<svg width="8" height="20"><rect width="8" height="20"/></svg>') }])
        .png()
        .toBuffer();
    const { json } = await predict('digits', '', await picture(30), { 'content-type': 'image/png' });
    expect(json.predictions[0].answer).toMatchObject({ name: 'upload.png', networks: 1 });
    // 10,000 x 10,000 pixels of three numbers take 1.2 GB, more than --max-unpacked; the file is small.
    const huge = await predict('digits', '', await picture(10_000), { 'content-type': 'image/png' });
    expect([huge.status, huge.json.error]).toEqual([
      413,
      expect.stringContaining('unpacks to more than 1024 MiB'),
    ]);
  });
});
