// deepfield data fetch: a public data set into the cache, and what to do with it.
import { UserError } from '../../../core/errors.ts';
import { cacheFolder, fetchDataset } from '../../../data-adapters/public-data/index.ts';
import { findDataset } from '../../public-data/catalogue.ts';
import { queryValues } from '../../public-data/query-values.ts';
import type { CliContext } from '../context.ts';
import type { CacheOptions } from './data-list.ts';

export interface FetchOptions extends CacheOptions {
  readonly mirror?: string;
  readonly query?: readonly string[];
}

/** `4 files, 2 fetched`. */
function stateText(count: number, fetched: number): string {
  if (count === 1) return `1 file, ${fetched === 1 ? 'fetched' : 'there already'}`;
  return `${count} files, ${fetched === 0 ? 'all there already' : `${fetched} fetched`}`;
}

/** @throws UserError when it is no address of http, https or file */
function mirrorOf(given: string | undefined): string | undefined {
  if (given === undefined || /^(https?|file):\/\//i.test(given)) return given;
  throw new UserError({
    what: `${JSON.stringify(given)} is no address`,
    where: '--mirror',
    how: 'write https://..., or file:/// and the path of a folder',
  });
}

export async function dataFetch(
  cli: CliContext,
  name: string,
  { cache, mirror, query = [], json }: FetchOptions,
): Promise<void> {
  const { domain, dataset } = await findDataset(cli.registry, name);
  cli.log(`${dataset.title}; licence: ${dataset.licence}`);
  const placed = await fetchDataset(dataset, {
    cache: cacheFolder(cache),
    mirror: mirrorOf(mirror),
    query: queryValues(dataset, query),
    progress: cli.progress,
    signal: cli.terminal.signal,
    log: cli.log,
  });
  const { folder, source, files } = placed;
  const unsure = files.filter(({ fetched, known }) => fetched && known === 'first').length;
  if (unsure > 0) {
    cli.log(
      `no SHA-256 is known beforehand for ${unsure} of its files: what came is recorded, and must come again`,
    );
  }
  if (dataset.note !== undefined) cli.log(dataset.note);
  if (json) return cli.showJson({ domain, name, folder, source, files });
  const fresh = files.filter(({ fetched }) => fetched).length;
  cli.show(
    `data     ${source}\n         ${stateText(files.length, fresh)}\n` +
      `next     npx deepfield run ${domain} --source ${/\s/.test(source) ? JSON.stringify(source) : source}\n`,
  );
}
