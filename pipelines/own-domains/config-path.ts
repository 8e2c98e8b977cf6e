// Where deepfield.config.ts is, if it is: looked for before anything that reads it is loaded.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const names = ['deepfield.config.ts', 'deepfield.config.mts', 'deepfield.config.js', 'deepfield.config.mjs'];

/** Absolute path of the file in a folder; undefined where it has none. */
export const configPath = (folder = '.'): string | undefined =>
  names.map((name) => resolve(folder, name)).find((file) => existsSync(file));
