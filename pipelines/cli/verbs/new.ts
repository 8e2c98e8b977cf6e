// deepfield new: a domain of the user's own, from a template, in a folder of theirs.
import { makeDomain } from '../../new-domain/make-domain.ts';
import type { CliContext } from '../context.ts';

export interface NewOptions {
  readonly from: string;
  readonly out?: string;
  readonly json?: boolean;
}

export async function makeNew(cli: CliContext, name: string, { from, out, json }: NewOptions): Promise<void> {
  const folder = await makeDomain({ name, template: from, out }, cli.registry);
  if (json) return cli.showJson({ name, template: from, folder });
  cli.show(
    `made ${name} from the template ${from}, in ${folder}\n\n` +
      `  cd ${folder}\n  npm install\n  npx deepfield run ${name}\n\n` +
      'It runs on generated data. For your own, edit data.ts (files), network.ts (how it learns)\n' +
      'and figures.ts (what is measured); README.md there tells how.\n',
  );
}
