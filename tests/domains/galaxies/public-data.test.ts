import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { fetchDataset } from '../../../data-adapters/public-data/index.ts';
import { sdssCutOuts, sqlOf } from '../../../domains/galaxies/public-data.ts';
import { FileServer } from '../../data-adapters/public-data/file-server.ts';

const query = { ra: 185, dec: 60, width: 4, count: 2, faintest: 16, size: 64 };

describe('sqlOf', () => {
  it('asks for a square of the sky, as wide in right ascension as the declination makes it', () => {
    // cos 60 degrees is 1/2: two degrees on the sky are four of right ascension.
    expect(sqlOf(query)).toBe(
      'SELECT TOP 2 objid, ra, dec FROM Galaxy WHERE clean = 1 AND ra BETWEEN 181 AND 189 ' +
        'AND dec BETWEEN 58 AND 62 AND petroMag_r BETWEEN 0 AND 16 ORDER BY petroMag_r',
    );
  });

  it('goes over the meridian of zero, and to the pole', () => {
    expect(sqlOf({ ...query, ra: 1, dec: 0 })).toContain('(ra >= 359 OR ra <= 3)');
    expect(sqlOf({ ...query, ra: 359, dec: 0 })).toContain('(ra >= 357 OR ra <= 1)');
    expect(sqlOf({ ...query, ra: 180, dec: 90 })).toContain('ra');
  });
});

describe('sdss-cut-outs', () => {
  let server: FileServer;
  let cache: string;
  beforeAll(async () => {
    server = await FileServer.start();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'sdss-'));
    server.files.clear();
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  const list = `SearchTools/SqlSearch?${new URLSearchParams({ cmd: sqlOf(query), format: 'csv' })}`;
  const served = (path: string): string => decodeURIComponent(path);
  const fetchCutOuts = () =>
    fetchDataset(sdssCutOuts(server.url('').replace(/\/$/, '')), { cache, query, pause: 0 });

  it('makes a list by SQL and fetches a picture of each', async () => {
    server.files.set(served(list), Buffer.from('#Table1\nobjid,ra,dec\n12,185.1,60.2\n34,185.3,59.9\n'));
    for (const [ra, dec] of [
      [185.1, 60.2],
      [185.3, 59.9],
    ]) {
      const picture = `ImgCutout/getjpeg?ra=${ra}&dec=${dec}&scale=0.396&width=64&height=64`;
      server.files.set(picture, Buffer.from(`picture of ${ra}`));
    }
    const { folder } = await fetchCutOuts();
    expect(readdirSync(folder).sort()).toEqual(['12.jpg', '34.jpg']);
  });

  it.each([
    ['no galaxies', '#Table1\nobjid,ra,dec\n', 'no galaxy of SDSS is there'],
    ['an error page', '<html>busy</html>', 'answers with no list of galaxies'],
    ['names that are none', 'objid,ra,dec\n../x,1,2\n', 'answers with no list of galaxies'],
  ])('refuses %s in one line', async (_, answer, expected) => {
    server.files.set(served(list), Buffer.from(answer));
    const error = await fetchCutOuts().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(expected);
    expect((error as UserError).message).not.toContain('\n');
  });
});
