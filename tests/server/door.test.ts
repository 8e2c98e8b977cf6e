// The door `deepfield/server`, as a program of somebody's own goes through it.
import { afterAll, describe, expect, it } from 'vitest';
import { serveRuns } from '../../server/index.ts';
import { makeFolder, removeFolder } from './harness.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));
const settings = { port: 0, workers: 1 };

describe('serveRuns', () => {
  it('listens where no run is finished yet, lives without being ready, and stops', async () => {
    const server = await serveRuns({ folder, settings });
    const statusOf = async (path: string) => (await fetch(`${server.url}${path}`)).status;
    expect(await statusOf('/v2/health/live')).toBe(200);
    expect(await statusOf('/v2/health/ready')).toBe(503);
    expect(await (await fetch(`${server.url}/api/domains`)).json()).toEqual({ domains: [] });
    await server.stop();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('opens nothing to other machines without a key, unless that is meant', async () => {
    const wide = { ...settings, host: '0.0.0.0' };
    await expect(serveRuns({ folder, settings: wide })).rejects.toThrow(
      'host 0.0.0.0: other machines could ask without a key; give apiKeys',
    );
    const server = await serveRuns({ folder, settings: wide, auth: false });
    expect(server.url).toContain('0.0.0.0');
    await server.stop();
  });

  it('says which run it does not know', async () => {
    await expect(serveRuns({ folder, runs: ['nothing'], settings })).rejects.toThrow('nothing');
  });
});
