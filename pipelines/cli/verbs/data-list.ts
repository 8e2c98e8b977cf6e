// deepfield data list: the public data sets there are, and which of them lie in the cache.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesOf, cacheFolder, type PublicDataset } from '../../../data-adapters/public-data/index.ts';
import { configKeys } from '../../config/config-keys.ts';
import { bytesText } from '../../format/number-text.ts';
import { textTable, wrap } from '../../format/text-table.ts';
import { catalogue } from '../../public-data/catalogue.ts';
import type { CliContext } from '../context.ts';

export interface CacheOptions {
  readonly cache?: string;
  readonly json?: boolean;
}

/** Who knows what the files should be. */
function hashText({ files, query }: PublicDataset): string {
  if (query !== undefined) return 'made to order';
  return files?.every(({ sha256 }) => sha256 !== undefined)
    ? 'SHA-256 known'
    : 'no SHA-256 published here: the first fetch records it';
}

function describe(dataset: PublicDataset, fetched: boolean): string {
  const { title, licence, home, note, query } = dataset;
  const size = bytesOf(dataset);
  const facts = [size === undefined ? 'size not known' : bytesText(size), hashText(dataset)];
  const keys = query === undefined ? [] : configKeys(query.schema);
  const asked = keys.map(({ path, default: value, description }) => [
    `--query ${path}=${value}`,
    description,
  ]);
  return [
    `${dataset.name}${fetched ? '  (fetched)' : ''}`,
    wrap(title, 100, '  '),
    wrap(`${facts.join(', ')}; licence: ${licence}`, 100, '  '),
    `  ${home}`,
    ...(note === undefined ? [] : [wrap(note, 100, '  ')]),
    ...(asked.length === 0 ? [] : [textTable(asked, { indent: '  ' }).trimEnd()]),
  ].join('\n');
}

export async function dataList(cli: CliContext, { cache, json }: CacheOptions): Promise<void> {
  const folder = cacheFolder(cache);
  const entries = await Promise.all(
    (await catalogue(cli.registry)).map(async (entry) => ({
      ...entry,
      fetched: await stat(join(folder, entry.dataset.name)).then(
        () => true,
        () => false,
      ),
    })),
  );
  if (json) {
    const datasets = entries.map(({ domain, dataset, fetched }) => {
      const { query, ...rest } = dataset;
      return { domain, fetched, ...rest, ...(query ? { query: configKeys(query.schema) } : {}) };
    });
    return cli.showJson({ cache: folder, datasets });
  }
  const parts = cli.registry.flatMap(({ name }) => {
    const own = entries.filter(({ domain }) => domain === name);
    return own.length === 0
      ? []
      : [`For ${name}:\n\n${own.map(({ dataset, fetched }) => describe(dataset, fetched)).join('\n\n')}\n`];
  });
  cli.show(`${parts.join('\n')}\nThey are kept in ${folder}\n`);
}
