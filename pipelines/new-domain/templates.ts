// The templates that new domains are made from: folders of templates/ in this package, each a whole small domain.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { nearest } from '../../core/suggest.ts';
import { packageRoot } from '../package-root.ts';

/** What each reads, by its name. */
export const templates: Readonly<Record<string, string>> = {
  tabular: 'a table with a row for each item: a class from its numbers',
  sequence: 'dated events of people or things: a label from what happened in which order',
  image: 'pictures in a folder for each class',
  lattice: 'arrays of configurations with their temperatures: an order parameter and where it goes',
};

/** What stands for the name of the domain, and for its title, in the files of a template. */
export const placeholders = { name: 'my-science', title: 'My science' } as const;

export const templateFolder = (name: string): string => join(packageRoot(), 'templates', name);

/** @throws UserError with near names when there is no such template */
export function requireTemplate(name: string): string {
  if (Object.hasOwn(templates, name) && existsSync(templateFolder(name))) return templateFolder(name);
  const names = Object.keys(templates);
  const near = nearest(name, names);
  throw new UserError({
    what: `no template ${JSON.stringify(name)}`,
    where: '--from',
    how: near.length > 0 ? `did you mean ${near.join(' or ')}?` : `choose ${names.join(', ')}`,
  });
}
