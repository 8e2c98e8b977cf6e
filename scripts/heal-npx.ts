// Makes `npx deepfield` work after an attempt before `npm ci`. npx keeps a folder for each checkout whose program it
// was asked for; when the first attempt fails, because nothing is installed yet, that folder stays half made and every
// later attempt fails too (npm 11). Run by `npm ci`, this removes a folder that is half made.
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = resolve(fileURLToPath(new URL('..', import.meta.url)));
const cache = process.env.npm_config_cache;
/** The name that npx gives the folder: libnpmexec, lib/index.js. */
const name = createHash('sha512').update(checkout).digest('hex').slice(0, 16);

if (cache !== undefined) {
  const folder = join(cache, '_npx', name);
  if (existsSync(folder) && !existsSync(join(folder, 'package.json'))) rmSync(folder, { recursive: true });
}
