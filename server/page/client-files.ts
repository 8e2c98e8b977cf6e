// The scripts of the page: ES modules of plain JavaScript with types in their comments, served as they are written. They are read
// once; no name from a request becomes part of a path.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('client/', import.meta.url));

export interface ClientFile {
  /** `main.js` */
  readonly name: string;
  readonly text: string;
}

export const clientFiles = (): readonly ClientFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => ({
      name,
      text: readFileSync(`${folder}${name}`, 'utf8').replace(/\n\/\/# sourceMappingURL.*/, ''),
    }));
