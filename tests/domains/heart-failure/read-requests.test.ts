import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domain } from '../../../domains/heart-failure/index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deepfield-heart-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, content: unknown) {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return domain.predict.read(path);
}

describe('files of patients', () => {
  const { examples } = domain.predict;

  it('are the examples themselves, in a list or under a name', async () => {
    expect(await read('list.json', examples)).toEqual(examples);
    expect(await read('named.json', { patients: examples })).toEqual(examples);
  });

  it('are tables and Bundles too', async () => {
    const [request] = await read(
      'events.csv',
      'subject,date,code,system,sex,birth_date\na,2012-05-01,401.9,ICD9CM,female,1950-01-31\n',
    );
    expect(request).toEqual({
      events: [{ date: '2012-05-01', code: '401.9', system: 'ICD9CM', kind: 'diagnosis' }],
      birthDate: '1950-01-31',
      sex: 'female',
    });
    const bundle = { resourceType: 'Bundle', type: 'collection', entry: [] };
    await expect(read('bundle.json', bundle)).rejects.toThrow(/bundle\.json/);
  });

  it('say what is wrong, and of which patient by number', async () => {
    await expect(read('wrong.json', [examples[0], { events: [{ date: '2012-05-01' }] }])).rejects.toThrow(
      /wrong\.json patient 2: events\.0\.code: .*; give \{"patients"/,
    );
    await expect(read('key.json', [{ ...examples[0], name: 'X' }])).rejects.toThrow(/patient 1: .*name/);
  });
});
