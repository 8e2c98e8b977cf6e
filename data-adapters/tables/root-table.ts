// ROOT files as tables: a TTree or an RNTuple, through jsroot. Of several the one named is read, else the one with most
// entries. How branches become columns is told in root/tree-leaves.ts and root/ntuple-fields.ts.
import { UserError } from '../../core/errors.ts';
import { checkColumns } from './check-columns.ts';
import { damagedFile } from './numbers.ts';
import { ntupleTable } from './root/ntuple-table.ts';
import { listTrees, openRootFile, type RootObject } from './root/root-file.ts';
import { treeTable } from './root/tree-table.ts';
import type { Table } from './table.ts';

/**
 * A tree or RNTuple of a ROOT file as a table.
 *
 * @param object its name with its directories, `one/two/tree`; when left out, the only one or the one with most entries
 * @throws UserError when the file is missing or damaged, holds no tree, or several that are equally large
 */
export async function rootTable(path: string, object?: string): Promise<Table> {
  try {
    const root = await openRootFile(path);
    const trees = await listTrees(root.file).finally(() => root.close());
    const open = (tree: RootObject): Promise<Table> =>
      tree.isNTuple ? ntupleTable(path, tree) : treeTable(path, tree);
    if (object !== undefined) {
      const bare = object.replace(/^\/+|;\d+$/g, '');
      checkColumns(
        [bare],
        trees.map((tree) => tree.path),
        path,
        'tree or RNTuple',
      );
      return await open(trees.find((tree) => tree.path === bare)!);
    }
    if (trees.length === 0) {
      throw new UserError({ what: 'holds no tree and no RNTuple', where: path, how: 'choose another file' });
    }
    const tables: Table[] = [];
    for (const tree of trees) tables.push(await open(tree));
    const most = tables.reduce((best, table) => Math.max(best, table.size), 0);
    const largest = tables.filter(({ size }) => size === most);
    if (largest.length > 1) {
      const paths = trees.map((tree) => tree.path);
      throw new UserError({
        what: `holds ${trees.length} trees (${paths.slice(0, 8).join(', ')}), ${largest.length} of them of ${most} entries`,
        where: path,
        how: `name one: ${largest[0].name}`,
      });
    }
    return largest[0];
  } catch (error) {
    throw damagedFile(error, path, 'ROOT');
  }
}
