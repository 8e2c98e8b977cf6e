// deepfield info: what a domain is, what it reads and every setting it has.
import { type Domain, presetNames } from '../../../domains/domain.ts';
import { type ConfigKey, configKeys } from '../../config/config-keys.ts';
import { differences } from '../../config/config-tree.ts';
import { citationText } from '../../format/citation-text.ts';
import { textTable, wrap } from '../../format/text-table.ts';
import { loadDomain } from '../../load-domain.ts';
import type { CliContext } from '../context.ts';
import { predictionFlags } from './prediction-options.ts';

/** Characters of a line. */
const width = 100;

const compact = (value: unknown): string =>
  JSON.stringify(value)?.replace(/,/g, ', ').replace(/":/g, '": ') ?? 'none';

function presetText(domain: Domain): string {
  return presetNames
    .map((name) => {
      const changes = differences({}, domain.presets[name]).map(
        ([path, value]) => `${path}=${compact(value)}`,
      );
      // Brackets keep a list together when lines are broken between words.
      const words = changes.map((change) => change.replace(/ /g, '')).join('  ');
      return `  ${name}\n${wrap(words === '' ? 'the defaults' : words, width, '      ')}`;
    })
    .join('\n');
}

/** Characters of a default that stands in a column; a longer one stands below. */
const widest = 40;

/** Key, default and type in columns; the meaning under them. */
function settingsText(keys: readonly ConfigKey[]): string {
  const shown = keys.map((key) => compact(key.default));
  const table = textTable(
    keys.map((key, i) => [key.path, shown[i].length > widest ? 'below' : shown[i], key.type]),
    { indent: '  ' },
  );
  const lines = table.trimEnd().split('\n');
  const below = (text: string): string =>
    text.length > widest ? `\n${wrap(`default: ${text}`, width, '      ')}` : '';
  return keys
    .map(({ description }, i) => `${lines[i]}\n${wrap(description, width, '      ')}${below(shown[i])}`)
    .join('\n');
}

function describe(domain: Domain): string {
  const { title, name, paper, summary, sources, publicData = [], predict } = domain;
  const flags = predictionFlags(predict);
  return [
    `${title} (${name})\n`,
    wrap(summary, width),
    ...(paper === undefined ? [] : ['\nPaper', wrap(citationText(paper), width, '  ')]),
    '\nData it reads (--source)',
    ...sources.map((source) => wrap(`- ${source}`, width, '  ')),
    ...(publicData.length === 0
      ? []
      : [
          '\nPublic data that it reads (deepfield data fetch <name>)',
          textTable(
            publicData.map((set) => [set.name, set.title]),
            { indent: '  ' },
          ).trimEnd(),
        ]),
    '\nFiles it predicts from',
    wrap(predict.accepts, width, '  '),
    ...(flags.length === 0 ? [] : ['\nOptions of predict', settingsText(flags)]),
    '\nPresets (--preset)',
    presetText(domain),
    '\nSettings (--set key=value): key, default, what it must be',
    `${settingsText(configKeys(domain.config))}\n`,
  ].join('\n');
}

export async function info(
  cli: CliContext,
  name: string | undefined,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const domain = await loadDomain(cli.registry, cli.domainName(name));
  if (!json) return cli.show(describe(domain));
  const { title, summary, paper, presets, sources, publicData = [], predict } = domain;
  const { accepts, examples } = predict;
  const settings = configKeys(domain.config);
  const options = predictionFlags(predict);
  const asked = { accepts, examples, ...(options.length > 0 ? { options } : {}) };
  const sets = publicData.map((set) => set.name);
  cli.showJson({
    name: domain.name,
    title,
    summary,
    paper,
    presets,
    settings,
    sources,
    publicData: sets,
    predict: asked,
  });
}
