// What is in a folder and those below it: files by the endings of their names, and what the first of each kind is.
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { readError } from '../../core/files/read-error.ts';
import { describeFile } from './describe-file.ts';
import { countText, type Description, filesText } from './description.ts';

/** Kinds that are looked into. */
const mostKinds = 8;
const mostFiles = 100_000;

const endingOf = (name: string): string =>
  /(\.[a-z][a-z0-9]*){1,2}$/i.exec(name)?.[0].toLowerCase() ?? 'no ending';

interface Kind {
  readonly ending: string;
  readonly first: string;
  count: number;
  bytes: number;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(async (error) => {
    throw await readError(error, folder);
  });
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

/** @throws UserError when it cannot be read */
export async function describeFolder(folder: string): Promise<Description> {
  const kinds = new Map<string, Kind>();
  let [files, bytes] = [0, 0];
  for await (const path of filesBelow(folder)) {
    if (files === mostFiles) break;
    const { size } = await stat(path);
    const ending = endingOf(basename(path));
    const kind = kinds.get(ending) ?? { ending, first: path, count: 0, bytes: 0 };
    kind.count++;
    kind.bytes += size;
    kinds.set(ending, kind);
    files++;
    bytes += size;
  }
  const sorted = [...kinds.values()].sort((a, b) => b.count - a.count);
  const lines: string[] = [];
  for (const { ending, first, count, bytes: size } of sorted.slice(0, mostKinds)) {
    const told = await describeFile(first).then(
      ({ format, lines: [line] }) => `${format}${line === undefined ? '' : `, ${line}`}`,
      (error: unknown) => {
        if (error instanceof UserError) return error.what;
        throw error;
      },
    );
    lines.push(
      `${filesText(count)} ${ending}, ${countText(size)} bytes; ${relative(folder, first)}: ${told}`,
    );
  }
  if (sorted.length > mostKinds) lines.push(`and ${sorted.length - mostKinds} other kinds of files`);
  const least = files === mostFiles ? 'at least ' : '';
  return { format: `folder of ${least}${filesText(files)}, ${countText(bytes)} bytes`, lines };
}
