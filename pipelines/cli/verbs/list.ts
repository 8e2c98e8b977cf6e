// deepfield list: the domains there are.
import { textTable } from '../../format/text-table.ts';
import type { CliContext } from '../context.ts';

export function list(cli: CliContext, { json }: { readonly json?: boolean }): void {
  const domains = cli.registry.map(({ name, title }) => ({ name, title }));
  if (json) cli.showJson({ domains });
  else cli.show(textTable(domains.map(({ name, title }) => [name, title])));
}
