// The settings of a run: the schema's defaults, under the preset, under what was inferred from data, under the --config
// file, under each --set. The result is checked by the domain's schema, and a mistake is told with the place that it came from.
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { nearest } from '../../core/suggest.ts';
import { type Domain, type PresetName, presetNames } from '../../domains/domain.ts';
import { configKeys, expectedAt, keysAt } from './config-keys.ts';
import { type ConfigTree, isTree, overlay, treeOf, valueAt } from './config-tree.ts';
import { parseYaml } from './parse-yaml.ts';

/** What a person chose. */
export interface ConfigChoice {
  /** Default `quick`. */
  readonly preset?: string;
  /** What was inferred from data: over the preset, under everything that was said. */
  readonly inferred?: ConfigTree;
  /** Path of a YAML or JSON file. */
  readonly file?: string;
  /** `key.path=value` each; later ones win. */
  readonly set?: readonly string[];
}

export interface ResolvedConfig {
  readonly preset: PresetName;
  readonly config: unknown;
}

interface Layer {
  /** Where it came from, as an error names it. */
  readonly origin: string;
  readonly tree: ConfigTree;
}

/** @throws UserError with the nearest name for an unknown preset */
export function presetNamed(name: string): PresetName {
  const preset = presetNames.find((known) => known === name);
  if (preset !== undefined) return preset;
  const near = nearest(name, presetNames);
  throw new UserError({
    what: `no preset ${JSON.stringify(name)}`,
    where: '--preset',
    how: `${near.length > 0 ? `did you mean ${near.join(' or ')}? ` : ''}choose one of ${presetNames.join(', ')}`,
  });
}

async function readLayer(path: string): Promise<Layer> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw await readError(error, path);
  }
  const tree = parseYaml(text, path, 'write valid YAML or JSON') ?? {};
  if (isTree(tree)) return { origin: path, tree };
  throw new UserError({ what: 'holds no settings', where: path, how: 'write lines such as "key: value"' });
}

function setLayer(text: string): Layer {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(equals, 0)).split('.');
  if (path.some((part) => part === '')) {
    throw new UserError({
      what: `expected key.path=value, got ${JSON.stringify(text)}`,
      where: '--set',
      how: 'write for instance --set training.steps=500',
    });
  }
  const value = parseYaml(
    text.slice(equals + 1),
    `--set ${text}`,
    'quote text that YAML would read otherwise',
  );
  return { origin: '--set', tree: treeOf(path, value) };
}

const originOf = (layers: readonly Layer[], path: readonly PropertyKey[]): string =>
  layers.findLast(({ tree }) => valueAt(tree, path).found)?.origin ?? 'the configuration';

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function unknownKey(
  domain: Domain,
  layers: readonly Layer[],
  section: readonly PropertyKey[],
  key: string,
): UserError {
  const path = [...section, key];
  const siblings = keysAt(domain.config, section);
  const guess = nearest(key, siblings).at(0);
  const paths = configKeys(domain.config).map((known) => known.path);
  const elsewhere = paths.find((known) => known.endsWith(`.${key}`));
  const full =
    guess !== undefined ? [...section, guess].join('.') : (elsewhere ?? nearest(path.join('.'), paths).at(0));
  return new UserError({
    what: `no setting ${path.join('.')}`,
    where: originOf(layers, path),
    how:
      full !== undefined
        ? `did you mean ${full}?`
        : `"deepfield info ${domain.name}" lists the settings${siblings.length > 0 ? `: ${siblings.join(', ')}` : ''}`,
  });
}

function wrongValue(
  domain: Domain,
  layers: readonly Layer[],
  tree: ConfigTree,
  issue: z.core.$ZodIssue,
): UserError {
  const { found, value } = valueAt(tree, issue.path);
  const path = issue.path.map(String).join('.');
  const expected = issue.code === 'custom' ? undefined : expectedAt(domain.config, issue.path);
  const what =
    expected === undefined || expected === 'value' || expected === 'section'
      ? `${issue.message}${found && !isTree(value) ? `, got ${shown(value)}` : ''}`
      : `expected ${expected}, got ${found ? shown(value) : 'nothing'}`;
  const list = expected?.startsWith('list') && typeof value === 'string' && value.includes(',');
  return new UserError({
    what,
    where: `${path === '' ? '' : `${path}, `}${originOf(layers, issue.path)}`,
    how: list ? `write a list as [${value}]` : `see "deepfield info ${domain.name}"`,
  });
}

/**
 * Resolves and checks the settings of a run.
 * @throws UserError naming the setting, its origin, what is expected and what was given
 */
export async function resolveConfig(domain: Domain, choice: ConfigChoice = {}): Promise<ResolvedConfig> {
  const preset = presetNamed(choice.preset ?? 'quick');
  const layers: Layer[] = [{ origin: `preset ${preset}`, tree: domain.presets[preset] }];
  if (choice.inferred !== undefined) layers.push({ origin: 'what was inferred', tree: choice.inferred });
  if (choice.file !== undefined) layers.push(await readLayer(choice.file));
  for (const text of choice.set ?? []) layers.push(setLayer(text));
  const tree = layers.reduce<ConfigTree>((below, layer) => overlay(below, layer.tree), {});
  const parsed = domain.config.safeParse(tree);
  if (parsed.success) return { preset, config: parsed.data };
  const [issue] = parsed.error.issues;
  if (issue.code === 'unrecognized_keys') throw unknownKey(domain, layers, issue.path, issue.keys[0]);
  throw wrongValue(domain, layers, tree, issue);
}
