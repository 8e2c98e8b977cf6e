// A file, and what to read within it: `events.root:tree/name`.
import { existsSync } from 'node:fs';

/** Splits at a colon behind the name of a file that exists, where no file is called so as a whole. */
export function splitObject(path: string): { readonly file: string; readonly object?: string } {
  if (existsSync(path)) return { file: path };
  for (let at = path.lastIndexOf(':'); at > 0; at = path.lastIndexOf(':', at - 1)) {
    const file = path.slice(0, at);
    if (existsSync(file)) return { file, object: path.slice(at + 1) };
  }
  return { file: path };
}
