import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRun } from '../../../pipelines/run-directory/create-run.ts';
import { findRun, listRuns } from '../../../pipelines/run-directory/find-run.ts';
import { enterEmptyFolder } from '../harness.ts';

let leave: () => void;
beforeEach(() => {
  ({ leave } = enterEmptyFolder());
});
afterEach(() => leave());

const time = new Date('2026-01-31T12:05:09.123Z');

describe('createRun', () => {
  it('names a run by its time and seed', async () => {
    const { root } = await createRun({ domain: 'lines', seed: 7, time });
    expect(root).toBe(join('runs', 'lines', '20260131T120509Z-7'));
    expect(existsSync(root)).toBe(true);
  });

  it('gives runs of the same second folders of their own', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, () => createRun({ domain: 'lines', seed: 7, time })),
    );
    expect(new Set(made.map(({ root }) => root)).size).toBe(5);
  });

  it('takes the folder that is named, when it is empty', async () => {
    mkdirSync('here');
    expect((await createRun({ domain: 'lines', seed: 7, out: 'here' })).root).toBe('here');
    expect((await createRun({ domain: 'lines', seed: 7, out: 'new/deep' })).root).toBe('new/deep');
  });

  it('refuses a folder that holds something', async () => {
    mkdirSync('here');
    writeFileSync('here/precious', '');
    await expect(createRun({ domain: 'lines', seed: 7, out: 'here' })).rejects.toThrow(
      '--out here: the folder is not empty; name a new folder',
    );
  });

  it('refuses a path that leads through a file', async () => {
    writeFileSync('file', '');
    await expect(createRun({ domain: 'lines', seed: 7, out: 'file/run' })).rejects.toThrow(
      'a part of its path is a file',
    );
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written', async () => {
    mkdirSync('locked');
    chmodSync('locked', 0o500);
    await expect(createRun({ domain: 'lines', seed: 7, out: 'locked/run' })).rejects.toThrow('no permission');
  });
});

describe('findRun', () => {
  async function run(domain: string, seed: number, at: string): Promise<string> {
    const paths = await createRun({ domain, seed, time: new Date(at) });
    writeFileSync(paths.status, '{}');
    return paths.root;
  }

  it('finds by path, by name and the latest of all domains', async () => {
    const older = await run('lines', 1, '2026-01-01T00:00:00Z');
    const newer = await run('curves', 2, '2026-01-02T00:00:00Z');
    expect(await listRuns()).toEqual([older, newer]);
    expect((await findRun(older)).root).toBe(older);
    expect((await findRun('20260101T000000Z-1')).root).toBe(older);
    expect((await findRun('latest')).root).toBe(newer);
  });

  it('suggests a run that is near', async () => {
    await run('lines', 1, '2026-01-01T00:00:00Z');
    await expect(findRun('20260101T000000Z-2')).rejects.toThrow(
      '20260101T000000Z-2: there is no such run; did you mean 20260101T000000Z-1?',
    );
  });

  it('says how to make one when there is none', async () => {
    await expect(findRun('latest')).rejects.toThrow('make one with "deepfield run <domain>"');
  });

  it('tells a folder that is no run', async () => {
    mkdirSync('photos');
    await expect(findRun('photos')).rejects.toThrow('photos: not a run directory (it has no status.json)');
  });
});
