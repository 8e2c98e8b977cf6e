// The options of `deepfield predict` that belong to a domain: flags made from the keys of its schema, `--pixel-scale 0.4` for
// `pixelScale`. The command line knows none of them until it knows whose run is asked.
import { UserError } from '../../../core/errors.ts';
import { nearest } from '../../../core/suggest.ts';
import type { Domain } from '../../../domains/domain.ts';
import { type ConfigKey, configKeys } from '../../config/config-keys.ts';
import { parseYaml } from '../../config/parse-yaml.ts';
import { fileOptions } from '../../stages/file-options.ts';

/** A flag as it was given: `--fwhm 2.1`, `--fwhm=2.1`, or `--keep` for true. */
export interface Flag {
  /** With its dashes. */
  readonly name: string;
  readonly value: string | undefined;
}

const looksLikeFlag = (word: string): boolean => /^--?[a-z]/i.test(word);

/**
 * Parts files from flags. The word after a flag is its value unless it is a flag itself, or the flag is one of the `switches`, to which
 * only `true` and `false` belong.
 */
export function splitWords(
  words: readonly string[],
  switches: readonly string[] = [],
): { files: string[]; flags: Flag[] } {
  const files: string[] = [];
  const flags: Flag[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!looksLikeFlag(word)) {
      files.push(word);
      continue;
    }
    const [name, ...rest] = word.split('=');
    const next = words[i + 1];
    if (rest.length > 0) flags.push({ name, value: rest.join('=') });
    else if (next === undefined || looksLikeFlag(next)) flags.push({ name, value: undefined });
    else if (switches.includes(name) && !['true', 'false'].includes(next)) {
      flags.push({ name, value: undefined });
    } else {
      flags.push({ name, value: next });
      i++;
    }
  }
  return { files, flags };
}

/** `pixelScale` as `--pixel-scale`. */
const flagOf = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The flags of a domain's predictions, with their meaning. */
export const predictionFlags = ({ files }: Domain['predict']): ConfigKey[] =>
  files === undefined ? [] : configKeys(files.options).map((key) => ({ ...key, path: flagOf(key.path) }));

/** The flags of a domain's predictions that are on or off: `--plain` for `plain`. */
export const predictionSwitches = (prediction: Domain['predict']): string[] =>
  predictionFlags(prediction)
    .filter(({ type }) => type === 'true | false')
    .map(({ path }) => path);

/**
 * What the flags say, checked.
 * @throws UserError for a flag that the domain does not know, with the nearest, or a value that it does not take
 */
export function predictionOptions(domain: Domain, flags: readonly Flag[]): unknown {
  const keys = domain.predict.files === undefined ? [] : configKeys(domain.predict.files.options);
  const given: Record<string, unknown> = {};
  for (const flag of flags) {
    const key = keys.find(({ path }) => flagOf(path) === flag.name);
    if (key === undefined) {
      const near = nearest(flag.name, [...keys.map(({ path }) => flagOf(path)), '--out', '--json']);
      throw new UserError({
        what: `unknown option ${flag.name}`,
        how:
          near.length > 0
            ? `did you mean ${near.join(' or ')}?`
            : `"deepfield info ${domain.name}" lists the options of predict`,
      });
    }
    given[key.path] =
      flag.value === undefined ? true : parseYaml(flag.value, flag.name, 'give a plain value');
  }
  return fileOptions(domain, given, { nameOf: flagOf, how: `see "deepfield info ${domain.name}"` });
}
