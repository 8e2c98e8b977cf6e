// deepfield data describe: what a file or folder is, and which domains would read it.
import { describePath } from '../../../data-adapters/describe/index.ts';
import { wrap } from '../../format/text-table.ts';
import { readersOf } from '../../public-data/recognise.ts';
import type { CliContext } from '../context.ts';

export async function dataDescribe(
  cli: CliContext,
  path: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const description = await describePath(path);
  const readers = await readersOf(cli.registry, path);
  if (json) return cli.showJson({ path, ...description, readers });
  const { format, lines } = description;
  const fits = readers.flatMap(({ domain, finds }) => [
    wrap(finds, 100, '  '),
    `  npx deepfield run ${domain} --source ${/\s/.test(path) ? JSON.stringify(path) : path}`,
  ]);
  cli.show(
    [
      `${path}: ${format}`,
      ...lines.map((line) => wrap(line, 100, '  ')),
      ...(fits.length === 0
        ? ['\nNo domain reads it as it is; "deepfield info <domain>" says what each reads.']
        : ['\nIt would be read as', ...fits]),
      '',
    ].join('\n'),
  );
}
