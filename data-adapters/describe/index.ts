// The door of describing: what a file or folder is, by the readers of formats, for a person. What it is good for, the domains say.
import { pathKind } from '../formats/source-file.ts';
import { splitObject } from '../tables/index.ts';
import { describeFile } from './describe-file.ts';
import { describeFolder } from './describe-folder.ts';
import type { Description } from './description.ts';

export type { Description } from './description.ts';

/** @throws UserError when nothing is there, it cannot be read, or it is not what its first bytes say */
export async function describePath(path: string): Promise<Description> {
  return (await pathKind(splitObject(path).file)) === 'folder' ? describeFolder(path) : describeFile(path);
}
