// deepfield data verify: whether what lies in the cache is still what was fetched.
import { UserError } from '../../../core/errors.ts';
import { cacheFolder, verifyDataset } from '../../../data-adapters/public-data/index.ts';
import { textTable } from '../../format/text-table.ts';
import { catalogue, findDataset } from '../../public-data/catalogue.ts';
import type { CliContext } from '../context.ts';
import type { CacheOptions } from './data-list.ts';

/** @throws UserError when nothing has been fetched, or a file is not as it was */
export async function dataVerify(
  cli: CliContext,
  name: string | undefined,
  { cache, json }: CacheOptions,
): Promise<void> {
  const folder = cacheFolder(cache);
  const entries =
    name === undefined ? await catalogue(cli.registry) : [await findDataset(cli.registry, name)];
  const checked = [];
  for (const { dataset } of entries) {
    const files = await verifyDataset(dataset, {
      cache: folder,
      progress: cli.progress,
      signal: cli.terminal.signal,
    });
    if (files !== undefined) checked.push({ name: dataset.name, files });
  }
  if (checked.length === 0) {
    throw new UserError({
      what: name === undefined ? 'nothing has been fetched' : `${name} has not been fetched`,
      where: folder,
      how: `fetch it first: deepfield data fetch ${name ?? '<name>'}`,
    });
  }
  const rows = checked.flatMap((set) =>
    set.files.map((file) => [set.name, file.name, file.state === 'other' ? file.what : file.state]),
  );
  cli.show(textTable(rows), { json });
  if (json) cli.showJson({ cache: folder, datasets: checked });
  const wrong = checked.filter(({ files }) => files.some(({ state }) => state !== 'whole'));
  if (wrong.length === 0) return;
  const names = wrong.map((set) => set.name);
  throw new UserError({
    what: `not as it should be: ${names.join(', ')}`,
    where: folder,
    how: `mend it: deepfield data fetch ${names[0]}`,
  });
}
