// deepfield devices: what networks can run on here, how to make the rest usable, and which of them "auto" stands for.
import { textTable } from '../../format/text-table.ts';
import type { CliContext } from '../context.ts';

export async function devices(cli: CliContext, { json }: { readonly json?: boolean }): Promise<void> {
  const engine = await cli.loadEngine();
  const states = await engine.listDevices();
  const auto = await engine.chooseDevice('auto');
  if (json) return cli.showJson({ devices: states, auto });
  const rows = states.flatMap(({ name, title, usable, note, reason, how }) => [
    [name, usable ? 'usable' : 'not usable', title],
    ...[note, reason, how && `to change that: ${how}`].flatMap((text) => (text ? [['', '', text]] : [])),
  ]);
  cli.show(textTable([...rows, ['auto', auto.name, 'the best of them']]));
}
