// The files behind a dataset, each with its hash; where they are very many, as one line for all.
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import type { SourceFile } from '../dataset.ts';
import { describeFile } from '../formats/source-file.ts';

const mostListed = 100;

/**
 * Describes files, in the order of their names. More than a hundred become one entry for `folder`, whose hash is that
 * of the lines `<sha256>  <path below the folder>\n` that `sha256sum` prints.
 */
export async function describeFiles(paths: Iterable<string>, folder: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of [...new Set(paths)].sort()) files.push(await describeFile(path));
  if (files.length <= mostListed) return files;
  const hash = createHash('sha256');
  for (const { path, sha256 } of files) hash.update(`${sha256}  ${relative(folder, path)}\n`);
  return [
    { path: folder, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), sha256: hash.digest('hex') },
  ];
}
