// deepfield info: what a domain is, what it reads and every setting it has.
import { type Domain, presetNames } from '../../../domains/domain.ts';
import { configKeys } from '../../config/config-keys.ts';
import { differences } from '../../config/config-tree.ts';
import { textTable, wrap } from '../../format/text-table.ts';
import { loadDomain } from '../../load-domain.ts';
import type { CliContext } from '../context.ts';

const compact = (value: unknown): string =>
  JSON.stringify(value)?.replace(/,/g, ', ').replace(/":/g, '": ') ?? 'none';

function presetLines(domain: Domain): string[][] {
  return presetNames.map((name) => {
    const changes = differences({}, domain.presets[name]).map(([path, value]) => `${path}=${compact(value)}`);
    return [name, changes.length > 0 ? changes.join('  ') : 'the defaults'];
  });
}

function describe(domain: Domain): string {
  const { title, name, paper, summary, sources, predict } = domain;
  const arxiv = paper.arxiv === undefined ? '' : `, arXiv:${paper.arxiv}`;
  const settings = configKeys(domain.config).map((key) => [
    key.path,
    compact(key.default),
    key.type,
    key.description,
  ]);
  return [
    `${title} (${name})\n`,
    wrap(summary),
    '\nPaper',
    wrap(`${paper.citation}, doi:${paper.doi}${arxiv}`, 88, '  '),
    '\nData it reads (--source)',
    ...sources.map((source) => wrap(source, 88, '  ')),
    '\nFiles it predicts from',
    wrap(predict.accepts, 88, '  '),
    '\nPresets (--preset)',
    textTable(presetLines(domain), { indent: '  ' }),
    'Settings (--set key=value)',
    textTable([['key', 'default', 'must be', 'meaning'], ...settings], { indent: '  ' }),
  ].join('\n');
}

export async function info(
  cli: CliContext,
  name: string,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const domain = await loadDomain(cli.registry, name);
  if (!json) return cli.show(describe(domain));
  const { title, summary, paper, presets, sources, predict } = domain;
  const { accepts, examples } = predict;
  const settings = configKeys(domain.config);
  cli.showJson({ name, title, summary, paper, presets, settings, sources, predict: { accepts, examples } });
}
