// config.yaml: the resolved settings of a run with each one's description and unit beside it. The file is itself a
// --config file: a run can be repeated from it.
import { readFile } from 'node:fs/promises';
import { Document, isMap, isScalar } from 'yaml';
import { UserError } from '../../core/errors.ts';
import { writeFileAtomic } from '../../core/files/atomic-write.ts';
import type { Domain } from '../../domains/domain.ts';
import { configKeys } from './config-keys.ts';
import { parseYaml } from './parse-yaml.ts';

/** The settings as YAML with comments. */
export function configYaml(domain: Domain, config: unknown): string {
  const document = new Document(config, { aliasDuplicateObjects: false });
  for (const { path, description } of configKeys(domain.config)) {
    if (description === '') continue;
    const parts = path.split('.');
    const section = parts.length === 1 ? document.contents : document.getIn(parts.slice(0, -1), true);
    if (!isMap(section)) continue;
    const key = section.items.find((pair) => isScalar(pair.key) && pair.key.value === parts.at(-1))?.key;
    if (isScalar(key)) key.commentBefore = ` ${description.replace(/\s+/g, ' ')}`;
  }
  document.commentBefore = ` Settings of a ${domain.name} run.`;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

export const writeConfig = (path: string, domain: Domain, config: unknown): Promise<void> =>
  writeFileAtomic(path, configYaml(domain, config));

/**
 * The settings of an existing run, checked again, because the file may have been edited or be of another version.
 * @throws UserError naming the file and the setting
 */
export async function readConfig(path: string, domain: Domain): Promise<unknown> {
  const parsed = domain.config.safeParse(parseYaml(await readFile(path, 'utf8'), path, 'undo the edit'));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError({
    what: issue.message,
    where: `${path}${issue.path.length > 0 ? `, ${issue.path.join('.')}` : ''}`,
    how: 'undo the edit, or start a new run',
    cause: parsed.error,
  });
}
