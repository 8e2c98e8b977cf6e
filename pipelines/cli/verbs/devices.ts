// deepfield devices: what networks can run on here, and how to make the rest usable.
import { textTable } from '../../format/text-table.ts';
import type { CliContext } from '../context.ts';

export async function devices(cli: CliContext, { json }: { readonly json?: boolean }): Promise<void> {
  const states = await (await cli.loadEngine()).listDevices();
  if (json) return cli.showJson({ devices: states });
  const rows = states.map(({ name, usable, reason = '', how }) => [
    name,
    usable ? 'usable' : 'not usable',
    how === undefined ? reason : `${reason}${reason === '' ? '' : '; '}${how}`,
  ]);
  cli.show(textTable(rows));
}
