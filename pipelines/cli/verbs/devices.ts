// deepfield devices: what networks can run on here, and how to make the rest usable.
import { textTable } from '../../format/text-table.ts';
import type { CliContext } from '../context.ts';

export async function devices(cli: CliContext, { json }: { readonly json?: boolean }): Promise<void> {
  const states = await (await cli.loadEngine()).listDevices();
  if (json) return cli.showJson({ devices: states });
  const rows = states.map(({ name, title, usable, reason, how }) => [
    name,
    usable ? 'usable' : 'not usable',
    [title, reason, how].filter((text) => text !== undefined).join('; '),
  ]);
  cli.show(textTable(rows));
}
